import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame } from '../src/engine/data/frame';

/** Seconds of one run: on the clock, and of all processors together. */
export interface Seconds {
  readonly wall: number;
  readonly cpu: number;
}

/** imbalanced-learn, by a Python that has it: RIVAL_PYTHON names one, else python3 is asked. */
export interface Rival {
  readonly version: string;
  /** One balancing to 1:1 of a frame whose last column is the target; reading and warming up are not counted. */
  time(sampler: string, frame: Frame): Promise<Seconds>;
}

const PYTHON = process.env.RIVAL_PYTHON ?? 'python3';

const PROGRAM = `
import sys, time, warnings
import numpy as np
from imblearn.over_sampling import *
warnings.filterwarnings("ignore")
path, rows, columns, categories, make = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
table = np.fromfile(path).reshape(columns + 1, rows)
x, y = np.ascontiguousarray(table[:-1].T), table[-1].astype(int)
categorical = list(range(categories))
few = np.concatenate([np.where(y == 0)[0][:100], np.where(y == 1)[0][:50]])
eval(make).fit_resample(x[few], y[few])
sampler = eval(make)
wall, cpu = time.perf_counter(), time.process_time()
sampler.fit_resample(x, y)
print(time.perf_counter() - wall, time.process_time() - cpu)
`;

export function findRival(): Rival | null {
  const asked = spawnSync(
    PYTHON,
    ['-c', 'import imblearn, sklearn; print(imblearn.__version__, "on scikit-learn", sklearn.__version__)'],
    { encoding: 'utf8' },
  );
  if (asked.status !== 0) return null;
  return { version: asked.stdout.trim(), time: timeRival };
}

async function timeRival(sampler: string, frame: Frame): Promise<Seconds> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rival-'));
  try {
    const file = path.join(folder, 'table.f64');
    const out = openSync(file, 'w');
    for (const column of frame.columns) writeSync(out, new Uint8Array(column.buffer));
    closeSync(out);
    const categories = frame.specs.slice(0, -1).filter(({ levels }) => levels).length;
    const size = [frame.rows, frame.columns.length - 1, categories].map(String);
    const text = await outputOf(['-c', PROGRAM, file, ...size, sampler]);
    const [wall, cpu] = text.trim().split(' ').map(Number);
    return { wall: wall!, cpu: cpu! };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outputOf(words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(PYTHON, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`The rival ended with ${code}.`))));
  });
}
