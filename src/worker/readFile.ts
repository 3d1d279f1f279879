import { FileHash } from '../engine/data/fileHash';
import { readBlob } from '../sources/prepareSource';

/** A multiple of 4, as the hash asks for. */
const PART = 1 << 24;

/**
 * The bytes of a file and their hash, which is made of one part while the next is read.
 * @throws EngineError `unreadable-file`.
 */
export async function readFile(blob: Blob): Promise<{ readonly bytes: Uint8Array; readonly hash: string }> {
  const { size } = blob;
  const bytes = new Uint8Array(size);
  const hash = new FileHash(size);
  const read = (from: number) => readBlob(blob.slice(from, from + PART));
  let next = read(0);
  for (let from = 0; from < size; from += PART) {
    const part = new Uint8Array(await next);
    next = read(from + PART);
    // Looked at when its turn comes; a failure before that is not unheard.
    next.catch(() => {});
    hash.add(part);
    bytes.set(part, from);
  }
  return { bytes, hash: hash.digest() };
}
