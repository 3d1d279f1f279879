/**
 * A memory of results that follow from an object and a key alone: each is made once, the latest `most` of an object are kept, and
 * all go with it. What fails is not kept.
 */
export function remembered<K extends object, T>(most: number) {
  const known = new WeakMap<K, Map<string, T>>();
  return async (owner: K, key: string, make: () => Promise<T>): Promise<T> => {
    const results = known.get(owner) ?? new Map<string, T>();
    known.set(owner, results);
    const found = results.get(key);
    const result = found ?? (await make());
    results.delete(key);
    results.set(key, result);
    const oldest = results.keys().next().value;
    if (results.size > most && oldest !== undefined) results.delete(oldest);
    return result;
  };
}
