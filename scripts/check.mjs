// npm run check: everything but the build and the browser.
import { close, docLinks, lint, purity, types, unitTests } from './checks.mjs';
import { installPackages } from './setup.mjs';

installPackages();
process.exit(close([lint(), ...types(), purity(), docLinks(), unitTests()]));
