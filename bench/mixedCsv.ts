import { createRng } from '../src/engine/rng';

/**
 * Ten columns, about 100 bytes a row: an id, a time, whole numbers, decimals, levels, free text with quotes in every fiftieth row,
 * missing cells.
 */
export function mixedCsv(rows: number): string {
  const rng = createRng(1, 'bench-import');
  const regions = ['north', 'south', 'east', 'west', 'centre'];
  const words = [
    'called',
    'back',
    'about',
    'the',
    'second',
    'reminder',
    'no',
    'answer',
    'asked',
    'for',
    'new',
    'terms',
  ];
  const lines = ['id,opened,age,income,balance,region,segment,score,note,default'];
  for (let i = 0; i < rows; i++) {
    const opened = new Date(Date.UTC(2000, 0, 1) + 60_000 * rng.integer(9000 * 1440)).toISOString().slice(0, 16);
    const note = Array.from({ length: 3 + rng.integer(6) }, () => words[rng.integer(words.length)]!).join(' ');
    const noted = i % 50 === 0 ? `"${note}, ""urgent"""` : note;
    lines.push(
      `C-${String(i + 1).padStart(8, '0')},${opened.replace('T', ' ')},${18 + rng.integer(70)},${(20000 + 9000 * rng.normal()).toFixed(2)},${(500 * rng.normal()).toFixed(3)},${regions[rng.integer(5)]!},segment ${rng.integer(40)},${rng.integer(50) === 0 ? 'NA' : rng.uniform().toFixed(6)},${noted},${rng.integer(20) ? 'no' : 'yes'}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
