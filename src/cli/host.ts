import { open, readFile, rename, rm } from 'node:fs/promises';
import { EngineError } from '../engine/errors';
import type { Threads } from './threads';

/** What a command needs of the outside world; tests bring their own. */
export interface Host {
  readonly isTerminal: boolean;
  print(text: string): void;
  /** To the error stream, where progress and faults go. */
  report(text: string): void;
  /** @throws EngineError `unreadable-file`. */
  readBytes(path: string): Promise<Uint8Array>;
  /** Writes all chunks, or leaves whatever was at `path` as it was. @throws EngineError `unreadable-file`. */
  writeText(path: string, chunks: AsyncIterable<string> | Iterable<string>): Promise<void>;
  /** Threads to share the work of large tables. */
  startThreads(count: number): Threads;
}

/** The outside world but for threads, which are the program itself. */
export const nodeHost: Omit<Host, 'startThreads'> = {
  isTerminal: process.stderr.isTTY === true,
  print: (text) => void process.stdout.write(text),
  report: (text) => void process.stderr.write(text),
  async readBytes(path) {
    try {
      return await readFile(path);
    } catch (cause) {
      throw new EngineError('unreadable-file', `${path} cannot be read: ${reasonOf(cause)}.`, { path }, cause);
    }
  },
  async writeText(path, chunks) {
    const unfinished = `${path}.${process.pid}.part`;
    try {
      const file = await open(unfinished, 'w');
      try {
        for await (const chunk of chunks) await file.write(chunk);
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
    } catch (cause) {
      await rm(unfinished, { force: true });
      if (cause instanceof EngineError || !isSystemError(cause)) throw cause;
      throw new EngineError('unreadable-file', `${path} cannot be written: ${reasonOf(cause)}.`, { path }, cause);
    }
  },
};

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
