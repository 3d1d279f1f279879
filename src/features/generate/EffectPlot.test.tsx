import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { EffectPlot, effectRange } from './EffectPlot';

const straight = {
  parent: 'age',
  at: [20, 50, 80],
  places: null,
  low: [1, 2, 3],
  centre: [2, 3, 4],
  high: [3, 4, 6],
  shares: null,
};
const byLevel = {
  parent: 'gene',
  at: [0, 1],
  places: ['no', 'yes'],
  low: [],
  centre: [],
  high: [],
  shares: [
    { level: 'healthy', at: [0.9, 0.6] },
    { level: 'ill', at: [0.1, 0.4] },
  ],
};

it('says the effect on a number in words, from end to end', () => {
  render(<EffectPlot child="dose" effect={straight} range={effectRange([straight])} />);
  expect(screen.getByRole('img', { name: 'dose by age: about 2 at 20, about 4 at 80.' })).toBeTruthy();
});

it('shows the last of two levels, and its probability at each level of the parent', () => {
  render(<EffectPlot child="state" effect={byLevel} range={effectRange([byLevel])} />);
  expect(screen.getByText('→ state = ill')).toBeTruthy();
  expect(screen.getByRole('img', { name: /ill 10\s?% at no, 40\s?% at yes/ })).toBeTruthy();
});

it('gives all parents of a child one scale', () => {
  expect(effectRange([straight, { ...straight, low: [0, 1, 2], high: [2, 3, 9] }])).toEqual([0, 9]);
  expect(effectRange([byLevel])).toEqual([0, 0.4]);
});
