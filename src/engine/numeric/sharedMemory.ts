/** Memory that threads share, where the host has such: what lies in it is sent to another thread without a copy. */
export const sharedMemory = (bytes: number): ArrayBufferLike =>
  typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);

/** A copy in such memory. */
export function sharedCopy<A extends Int32Array | Float32Array>(values: A): A {
  const Typed = values.constructor as new (memory: ArrayBufferLike) => A;
  const copy = new Typed(sharedMemory(values.byteLength));
  copy.set(values);
  return copy;
}
