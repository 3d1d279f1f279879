import { expect, it } from 'vitest';
import type { RunPreview } from '../../worker/api';
import { movedShare, previewAxes } from './previewFacts';

const preview: RunPreview = {
  columnNames: ['sex', 'age', 'dose', 'sick'],
  levels: [['f', 'm'], null, null, ['no', 'yes']],
  made: [Float64Array.of(0, 1), Float64Array.of(50, 61), Float64Array.of(10, Number.NaN), Float64Array.of(1, 1)],
  donors: [Float64Array.of(0, 0), Float64Array.of(50, 60), Float64Array.of(20, Number.NaN), Float64Array.of(1, 1)],
  rare: [Float64Array.of(0, 0), Float64Array.of(50, 60), Float64Array.of(10, 10), Float64Array.of(1, 1)],
  donorRows: Int32Array.of(4, 9),
  step: 0.6,
  steps: 8,
  acceptance: 0.7,
  messages: [],
};

it('counts cells that differ from the donor; two missing cells do not', () => {
  expect(movedShare(preview)).toBeCloseTo(3 / 8);
  expect(movedShare({ ...preview, donorRows: Int32Array.of(-1, -1) })).toBeNull();
});

it('chooses the most varied numbers unless asked otherwise, and never the target', () => {
  expect(previewAxes(preview, 'sick', { x: null, y: null })).toEqual({ x: 'age', y: 'dose' });
  expect(previewAxes(preview, 'sick', { x: 'dose', y: null })).toEqual({ x: 'dose', y: 'age' });
  expect(previewAxes(preview, 'sick', { x: 'sick', y: 'gone' })).toEqual({ x: 'age', y: 'dose' });
});
