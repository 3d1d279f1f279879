import { type Rng, shuffleInPlace } from '../rng';

/** Ways to deal out `size` names anew: element i of each is the name that place i gets. */
export interface Relabellings {
  readonly each: readonly Int32Array[];
  /** True when every way but leaving all names in place is there; false for a random sample. */
  readonly isComplete: boolean;
}

const factorial = (size: number): number => (size < 2 ? 1 : size * factorial(size - 1));

/** All other permutations of `size` names when there are at most `most`, else `most` random ones. */
export function relabellings(size: number, most: number, rng: Rng): Relabellings {
  if (factorial(size) - 1 <= most) return { each: allOthers(size), isComplete: true };
  const each = Array.from({ length: most }, () =>
    shuffleInPlace(
      Int32Array.from({ length: size }, (_, i) => i),
      rng,
    ),
  );
  return { each, isComplete: false };
}

/** Every permutation but the identity, in lexicographic order. */
function allOthers(size: number): Int32Array[] {
  const found: Int32Array[] = [];
  const taken = new Uint8Array(size);
  const places = new Int32Array(size);
  const deal = (place: number): void => {
    if (place === size) {
      if (places.some((name, i) => name !== i)) found.push(places.slice());
      return;
    }
    for (let name = 0; name < size; name++) {
      if (taken[name] === 1) continue;
      taken[name] = 1;
      places[place] = name;
      deal(place + 1);
      taken[name] = 0;
    }
  };
  deal(0);
  return found;
}
