import { createRng } from '../../rng';
import { defineDependenceTest } from '../dependenceTest';
import { refuseFewRows } from '../fewRows';
import { centredDistances, distanceCorrelation as correlationOf, distances } from '../kernels/distanceCorrelation';
import { pointsOf } from '../kernels/gaussianKernel';
import { permutationShare } from '../permutation';
import { drawnSample } from '../subsample';
import { gcm } from './gcm';

const MOST_ROWS = 500;
const DRAWS = 199;

/**
 * Tests x independent of y by their distance covariance, which is 0 for independent columns only: p from 199 random orders
 * of y. At most 500 rows, drawn at random; the effect is the correlation, and the note
 * has the distance correlation.
 * @throws EngineError `too-few-rows` with fewer than 10 rows.
 * @see Measuring and testing dependence by correlation of distances, Ann. Statist. 35 (2007).
 */
export const distanceCorrelation = defineDependenceTest({
  id: 'distance-correlation',
  label: 'Distance correlation',
  assumes: 'nothing about the shape; no conditions',
  appliesTo: (_x, _y, given) => given.length === 0,
  run(x, y) {
    const { variables, rows, note } = drawnSample([x, y], MOST_ROWS);
    refuseFewRows('A distance test', rows, 10);
    const [a, b] = variables.map((variable) => pointsOf([variable]));
    const found = correlationOf(a!, b!);
    const centredA = centredDistances(distances(a!), rows, false);
    const centredB = centredDistances(distances(b!), rows, false);
    const productFor = (order: Int32Array) => {
      let sum = 0;
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < i; j++) sum += centredA[i * rows + j]! * centredB[order[i]! * rows + order[j]!]!;
      return sum;
    };
    const { effect, signedEffect } = gcm.run(variables[0]!, variables[1]!, []);
    const pValue =
      found.correlation > 0 ? permutationShare(rows, DRAWS, createRng(0, 'distance-permutation'), productFor) : 1;
    return {
      statistic: rows * found.covariance ** 2,
      pValue,
      effect,
      signedEffect,
      rows,
      note: [note, `Distance correlation ${found.correlation.toFixed(2)}; p from ${DRAWS} random orders.`]
        .filter((part) => part !== null)
        .join(' '),
    };
  },
});
