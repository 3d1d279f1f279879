// npm run check: everything but the build and the browser.
import { checks, runSteps } from './checks.mjs';
import { ensurePackages } from './setup.mjs';

await ensurePackages();
const failed = await runSteps(Object.values(checks));
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
