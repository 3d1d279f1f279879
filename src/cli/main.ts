import { isMainThread } from 'node:worker_threads';
import { nodeHost } from './host';
import { runCli } from './runCli';
import { createThreads, serveBlocks } from './threads';

/** The program is one file: started again as a thread of its own, it serves pieces of work. */
if (isMainThread) {
  // A reader that has seen enough, such as `head`, closes the pipe: no fault of this program.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.exitCode = await runCli(process.argv.slice(2), {
    ...nodeHost,
    startThreads: (count) => createThreads(count, new URL(import.meta.url)),
  });
} else serveBlocks();
