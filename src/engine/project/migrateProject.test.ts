import { expect, it } from 'vitest';
import { migrateProject } from './migrateProject';

const toTwo = ({ title, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, name: title });
const toThree = (project: Readonly<Record<string, unknown>>) => ({ ...project, rules: [] });

it('takes an old project through every step it has not taken', () => {
  const through = [toTwo, toThree];
  expect(migrateProject({ version: 1, title: 'a' }, through)).toEqual({ version: 3, name: 'a', rules: [] });
  expect(migrateProject({ version: 2, name: 'b' }, through)).toEqual({ version: 3, name: 'b', rules: [] });
  expect(migrateProject({ version: 3, name: 'c' }, through)).toEqual({ version: 3, name: 'c' });
});

it('leaves what is no project to the schema, and a later version to a later program', () => {
  for (const other of [null, 7, 'text', [], {}, { version: 'one' }]) expect(migrateProject(other)).toEqual(other);
  expect(() => migrateProject({ version: 4 }, [toTwo])).toThrow(
    /newer Counterpoise \(version 4; this one knows version 2\)/,
  );
});
