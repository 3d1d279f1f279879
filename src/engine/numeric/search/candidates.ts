/** Rows that may be among the k nearest of a query, by screened distance. */
export interface Candidates {
  /** Screened distance beyond which no row needs to be looked at; falls as rows are kept. */
  limit(): number;
  /** Begins a query; k rows are known to lie within the screened distance `limit`. */
  reset(limit: number): void;
  /** Keeps a row with a distance within the limit; true where the limit may have fallen. */
  keep(position: number, distance: number): boolean;
  /** Calls back for the positions of rows kept that are within the limit as it is now. */
  forEachNear(look: (position: number) => void): void;
}

/** @param screenedNearer What the screened distance of a row may be that is nearer than one with the given. */
export function createCandidates(k: number, screenedNearer: (screened: number) => number): Candidates {
  const smallest = new Float64Array(k);
  let positions = new Int32Array(256);
  let distances = new Float32Array(256);
  let count = 0;
  let limit = Infinity;
  return {
    limit: () => limit,
    reset(start) {
      smallest.fill(Infinity);
      count = 0;
      limit = start;
    },
    keep(position, distance) {
      if (count === positions.length) {
        const [fewerPositions, fewerDistances] = [positions, distances];
        positions = new Int32Array(2 * count);
        distances = new Float32Array(2 * count);
        positions.set(fewerPositions);
        distances.set(fewerDistances);
      }
      positions[count] = position;
      distances[count++] = distance;
      let s = k - 1;
      if (distance >= smallest[s]!) return false;
      for (; s > 0 && smallest[s - 1]! > distance; s--) smallest[s] = smallest[s - 1]!;
      smallest[s] = distance;
      limit = Math.min(limit, screenedNearer(smallest[k - 1]!));
      return true;
    },
    forEachNear(look) {
      for (let i = 0; i < count; i++) if (distances[i]! <= limit) look(positions[i]!);
    },
  };
}
