// npm run cli -- ...: the command line, built first when its sources have changed.
import { buildCli, cliFile, cliIsStale } from './bundle.mjs';
import { installPackages, run } from './setup.mjs';

installPackages();
if (cliIsStale()) await buildCli();
const { status } = run(process.execPath, [cliFile, ...process.argv.slice(2)]);
process.exit(status ?? 1);
