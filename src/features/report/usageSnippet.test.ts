import { describe, expect, it } from 'vitest';
import { defaultExport } from '../../engine/project/project';
import { usageSnippet } from './usageSnippet';

const facts = {
  fileName: 'a.augmented.csv',
  target: 'out"come',
  rareLevels: ['yes', 'maybe'],
  delimiter: ',',
  decimal: '.',
  interceptShift: -3.15661,
  settings: defaultExport,
};

describe('usageSnippet', () => {
  it('uses the weights and quotes names so that Python reads them', () => {
    const text = usageSnippet(facts);
    expect(text).toContain('y = table["out\\"come"].isin(["yes", "maybe"])');
    expect(text).toContain('sample_weight=table["weight"]');
    expect(text).toContain('# shift = -3.1566');
  });
  it('reads the file in its own dialect', () => {
    expect(usageSnippet({ ...facts, delimiter: ';', decimal: ',' })).toContain('sep=";", decimal=","');
  });
  it('corrects the intercept where there are no weights', () => {
    const text = usageSnippet({ ...facts, settings: { ...defaultExport, weightColumn: false } });
    expect(text).not.toContain('sample_weight');
    expect(text).toContain('model.intercept_ += shift');
  });
  it('has no correction for more than two classes', () => {
    expect(usageSnippet({ ...facts, interceptShift: null })).not.toContain('shift');
  });
});
