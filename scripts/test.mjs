// npm test: sets up what is missing and runs everything.

import { buildCli } from './bundle.mjs';
import { build, close, docLinks, endToEndTests, lint, purity, types, unitTests } from './checks.mjs';
import { findOrInstallBrowser, installPackages } from './setup.mjs';

installPackages();
const outcomes = [lint(), ...types(), purity(), docLinks()];
// The unit tests run the built command line too.
await buildCli();
outcomes.push(unitTests());
const built = build();
outcomes.push(built);
if (built.failed === 0) outcomes.push(endToEndTests(findOrInstallBrowser()));
process.exit(close(outcomes));
