// npm run cli -- ...: the command line from source, bundled first where the bundle is older than its source.
import { buildCli, cliFile, isCliFresh } from './bundle.mjs';
import { ensurePackages, requireNode, run } from './setup.mjs';

requireNode();
if (!isCliFresh()) {
  await ensurePackages();
  await buildCli();
}
// npm changes to the repository's folder; paths are meant from where the command was given.
const cwd = (process.env.npm_lifecycle_event === 'cli' && process.env.INIT_CWD) || process.cwd();
process.exitCode = await run(process.execPath, [cliFile, ...process.argv.slice(2)], { cwd });
