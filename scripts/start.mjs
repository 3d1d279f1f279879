// npm start: installs what is missing and opens the studio on a demo.
import { installPackages, runTool } from './setup.mjs';

installPackages();
const args = process.argv.slice(2);
const portAt = args.indexOf('--port');
const port = portAt >= 0 ? args[portAt + 1] : '5173';
const hasDesktop = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const open = hasDesktop && !process.env.CI && !args.includes('--no-open') ? ['--open'] : [];
const { status } = runTool('vite', 'bin/vite.js', ['--host', '127.0.0.1', '--port', port, ...open]);
process.exit(status ?? 0);
