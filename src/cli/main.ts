import { nodeHost } from './host';
import { runCli } from './runCli';

// A reader that has seen enough, such as `head`, closes the pipe: no fault of this program.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCli(process.argv.slice(2), nodeHost);
