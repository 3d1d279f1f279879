// npm start [-- --no-open --port N]: sets up what is missing and serves the studio on this machine only.
import { parseArgs } from 'node:util';
import { ensurePackages, root, say } from './setup.mjs';

const { open, port } = readArguments();
await ensurePackages();
const { createServer } = await import('vite');
const server = await createServer({
  root,
  clearScreen: false,
  // A port that was asked for is taken or refused; otherwise the next free one will do.
  server: { host: '127.0.0.1', port: port ?? 5173, strictPort: port !== null, open: open && hasDesktop() },
});
try {
  await server.listen();
} catch (error) {
  say(`The studio could not be served: ${error.message}. Choose another port with --port.`);
  process.exit(1);
}
console.log(`\nCounterpoise is at ${server.resolvedUrls.local[0]} (Ctrl+C ends it).`);

function readArguments() {
  try {
    const options = { 'no-open': { type: 'boolean' }, port: { type: 'string' } };
    const { values } = parseArgs({ options });
    const number = values.port === undefined ? null : Number(values.port);
    if (number !== null && !(Number.isInteger(number) && number > 0 && number < 65_536))
      throw new Error(`--port needs a number from 1 to 65535, got "${values.port}"`);
    return { open: !values['no-open'], port: number };
  } catch (error) {
    say(`${error.message}. Known options: --no-open, --port N.`);
    process.exit(2);
  }
}

/** Whether a browser window could be seen: not over ssh, in CI, or on a Linux without a display. */
function hasDesktop() {
  if (process.env.CI || process.env.SSH_CONNECTION) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
