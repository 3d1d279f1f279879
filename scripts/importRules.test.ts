import { describe, expect, it } from 'vitest';
import { readModule } from './importGraph.mjs';
import { deadExports, importRings, layerBreaks } from './importRules.mjs';

const modules = (sources: Record<string, string>) => {
  const files = new Set(Object.keys(sources));
  return Object.entries(sources).map(([file, text]) => readModule(file, text, files));
};

describe('deadExports', () => {
  it('names what nothing imports, and nothing else', () => {
    const read = modules({
      'src/a.ts': `export const used = 1;\nexport const unused = 2;\nexport function alsoUnused({ used }: X) { return 'x'; }`,
      'src/b.tsx': `import { used as mine } from './a';\nexport { mine as given };`,
      'src/main.tsx': `import { given } from './b';\nexport const start = given;`,
    });
    expect(deadExports(read)).toEqual([
      'src/a.ts exports unused, which nothing imports.',
      'src/a.ts exports alsoUnused, which nothing imports.',
    ]);
  });

  it('lets a type name what a function of its file gives', () => {
    const read = modules({
      'src/a.ts': 'export interface Answer {}\nexport interface Lost {}\nexport const ask = (): Answer => ({});',
      'src/main.tsx': `import {\n  ask,\n} from './a';\nask();`,
    });
    expect(deadExports(read)).toEqual(['src/a.ts exports Lost, which nothing imports.']);
  });

  it('counts imports in comments as none', () => {
    const read = modules({
      'src/a.ts': 'export const a = 1;',
      'src/b.test.ts': `// import { a } from './a';\n/*\nimport { a } from './a';\n*/`,
    });
    expect(deadExports(read)).toHaveLength(1);
  });
});

describe('importRings', () => {
  it('shows a ring of values and ignores one closed by a type', () => {
    const ring = (last: string) =>
      importRings(
        modules({
          'src/a.ts': `import { b } from './b';\nexport const a = b;`,
          'src/b.ts': `import { c } from './deep/c';\nexport const b = c;`,
          'src/deep/c.ts': last,
        }),
      );
    expect(ring(`import { a } from '../a';\nexport const c = () => a;`)).toEqual([
      'Ring of imports: src/a.ts -> src/b.ts -> src/deep/c.ts -> src/a.ts.',
    ]);
    expect(ring(`import type { a } from '../a';\nexport const c = 1;`)).toEqual([]);
    expect(ring(`import { type a } from '../a';\nexport const c = 1;`)).toEqual([]);
  });
});

describe('layerBreaks', () => {
  it('refuses a feature in a feature and rows in the page, not types and catalogues', () => {
    const read = modules({
      'src/features/map/Map.tsx': `import { Chart } from '../data/Chart';\nimport { part } from './part';`,
      'src/features/map/part.ts': `import { cycle } from '../../engine/graph/dag';\nexport const part = cycle;`,
      'src/features/data/Chart.tsx': 'export const Chart = 1;',
      'src/engine/graph/dag.ts': 'export const cycle = 1;',
      'src/engine/scm/fit.ts': 'export const fit = 1;\nexport interface Fitted {}',
      'src/engine/generators/catalogue.ts': 'export const generators = [];',
      'src/state/run.ts': `import { fit, type Fitted } from '../engine/scm/fit';\nimport { generators } from '../engine/generators/catalogue';`,
      'src/sources/open.ts': 'export const open = 1;',
      'src/state/files.ts': `import { open } from '../sources/open';`,
      'src/state/show.ts': `import type { Fitted } from '../engine/scm/fit';`,
    });
    expect(layerBreaks(read)).toEqual([
      'src/features/map/Map.tsx imports src/features/data/Chart.tsx: features share through state and ui, not with each other.',
      'src/state/run.ts imports src/engine/scm/fit.ts at run time: whatever touches rows goes through worker/api.ts.',
      'src/state/files.ts imports src/sources/open.ts at run time: whatever touches rows goes through worker/api.ts.',
    ]);
  });
});
