import { isMainThread } from 'node:worker_threads';
import { createThreads, serveBlocks, type Threads } from '../src/cli/threads';

// A bench is one bundle: started again as a thread, it serves pieces of work.
if (!isMainThread) serveBlocks();

export const benchThreads = (count: number): Threads => createThreads(count, new URL(import.meta.url));
