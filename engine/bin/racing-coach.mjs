#!/usr/bin/env node
/**
 * The composition root that a shell starts. Plain JavaScript, because it must run on whatever Node the user has: below Node 24, which is
 * the first that runs our TypeScript as it is, it starts itself again with the Node that the package `node` brought.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestMajor = 24;
const self = fileURLToPath(import.meta.url);

/** The Node of a `node_modules` on the way up from here; npm hoists it to the workspace's root. */
function bundledNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (let folder = dirname(self); ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', 'node', 'bin', name);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return null;
  }
}

/** Signals are passed on, and the child's end is ours. Ctrl-C reaches the child from the terminal as well; it takes both for one. */
function runAgain(node) {
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`racing-coach: ${node} does not start (${error.message}). Run: npm run setup\n`);
    process.exit(1);
  });
  child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

/** Another program of the same product: nothing of the engine is loaded for it. */
const serverProgram = new URL('../../server/src/main.ts', import.meta.url);
async function runServer(words) {
  if (!existsSync(serverProgram)) {
    const message =
      'The review server is not part of the desktop app: run it from a checkout, with npx racing-coach server.';
    process.stderr.write(`racing-coach: ${message}\n`);
    if (words.includes('--json'))
      process.stdout.write(`${JSON.stringify({ error: { code: 'server-missing', message } })}\n`);
    process.exitCode = 1;
    return;
  }
  const { main } = await import(serverProgram.href);
  const status = await main(words, process.env);
  // Waits for the pipe to take everything, then ends even if something would linger.
  process.stdout.write('', () => process.exit(status));
}

if (Number(process.versions.node.split('.')[0]) >= oldestMajor) {
  // Halves the start: types are stripped once, not at every start.
  module.enableCompileCache?.();
  const [command, ...words] = process.argv.slice(2);
  // The desktop app comes without it; the engine's help of it says so much.
  const wantsHelp = words.includes('--help') || words.includes('-h');
  if (command === 'server' && (existsSync(serverProgram) || !wantsHelp)) await runServer(words);
  else {
    const { main } = await import('../src/main.ts');
    await main(process.argv.slice(2));
  }
} else {
  const node = bundledNode();
  if (node === null) {
    process.stderr.write('racing-coach: Node 24 is needed and not installed. Run: npm run setup\n');
    process.exit(1);
  }
  runAgain(node);
}
