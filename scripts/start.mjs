/** `npm start`: all set-up, then the demo. Words after `--` go to the demo. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { node24, root, setup } from './setup.mjs';

await setup();
const words = process.argv.slice(2);
const child = spawn(node24(), [join(root, 'engine', 'bin', 'racing-coach.mjs'), 'demo', ...words], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code, signal) => process.exit(code ?? (signal ? 0 : 1)));
