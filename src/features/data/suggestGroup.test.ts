import { expect, it } from 'vitest';
import type { ColumnSummary } from '../../worker/api';
import { suggestGroup } from './suggestGroup';

const column = (name: string, distinct: number, kind: ColumnSummary['kind'] = 'nominal') =>
  ({ name, distinct, kind }) as ColumnSummary;

it('finds who was measured several times, by name and by repeats', () => {
  const of = (...columns: ColumnSummary[]) => suggestGroup(columns, 200, [], 'event')?.name ?? null;
  expect(of(column('age', 50, 'integer'), column('patient_id', 50))).toBe('patient_id');
  expect(of(column('customerId', 60, 'integer'))).toBe('customerId');
  expect(of(column('patient_id', 200))).toBeNull(); // one row each: an id
  expect(of(column('site', 3))).toBeNull(); // a category like any other
  expect(of(column('avoid', 50), column('casino', 60))).toBeNull();
  expect(suggestGroup([column('patient_id', 50)], 200, ['patient_id'], null)).toBeNull();
});
