// npm run build: the studio as a static folder (dist/) and the command line as one file (dist-cli/counterpoise.mjs).
import { buildApp, buildCli } from './bundle.mjs';
import { ensurePackages } from './setup.mjs';

await ensurePackages();
await buildApp();
await buildCli();
console.log('The app is in dist/, the command line in dist-cli/counterpoise.mjs.');
