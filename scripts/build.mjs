// npm run build: the studio as a static folder (dist/) and the command line as one file (dist-cli/counterpoise.mjs).
import { buildCli } from './bundle.mjs';
import { installPackages, runTool } from './setup.mjs';

installPackages();
const { status } = runTool('vite', 'bin/vite.js', ['build']);
if (status !== 0) process.exit(status ?? 1);
await buildCli();
