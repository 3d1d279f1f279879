import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A test of two columns given others, by their numbers. */
export interface Question {
  readonly x: number;
  readonly y: number;
  readonly given: readonly number[];
}

/** CPU milliseconds, the least of three runs, of causal-learn on one thread. */
export interface CausalLearnTimes {
  readonly version: string;
  readonly fisher: number;
  readonly chi2: number;
  readonly kci: number;
  readonly hsic: number;
}

const PROGRAM = `
import os
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import json, sys, time
from importlib.metadata import version
import numpy as np
from causallearn.utils.cit import CIT
folder, rows, columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
table = np.ascontiguousarray(np.fromfile(folder + "/table.f64").reshape(columns, rows).T)
levels = (table > -0.6).astype(int) + (table > 0.6).astype(int)
asked = json.load(open(folder + "/questions.json"))
def best(work):
    least = float("inf")
    for _ in range(3):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
    return 1000 * least
def all_of(data, method, questions):
    def work():
        test = CIT(data, method)
        for one in questions:
            test(one["x"], one["y"], tuple(one["given"]))
    return best(work)
few = table[:1000]
print(json.dumps({
    "version": version("causal-learn"),
    "fisher": all_of(table, "fisherz", asked["fisher"]),
    "chi2": all_of(levels, "chisq", asked["chi2"]),
    "kci": all_of(few, "kci", [{"x": 0, "y": 1, "given": [2]}]),
    "hsic": all_of(few, "kci", [{"x": 0, "y": 1, "given": []}]),
}))
`;

/** Times of the same questions on the same columns; null where RIVAL_PYTHON (else python3) has no causal-learn. */
export function timeCausalLearn(
  columns: readonly Float64Array[],
  questions: { readonly fisher: readonly Question[]; readonly chi2: readonly Question[] },
): CausalLearnTimes | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'rival-'));
  try {
    const rows = columns[0]!.length;
    const table = new Float64Array(rows * columns.length);
    columns.forEach((column, c) => {
      table.set(column, c * rows);
    });
    writeFileSync(path.join(folder, 'table.f64'), new Uint8Array(table.buffer));
    writeFileSync(path.join(folder, 'questions.json'), JSON.stringify(questions));
    const python = process.env.RIVAL_PYTHON ?? 'python3';
    const asked = spawnSync(python, ['-c', PROGRAM, folder, String(rows), String(columns.length)], {
      encoding: 'utf8',
    });
    return asked.status === 0 ? (JSON.parse(asked.stdout) as CausalLearnTimes) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
