/**
 * All set-up of a checkout, as far as it is not done yet: npm packages, the native addon, the pages.
 * Plain JavaScript without dependencies, because it runs before anything is installed and on Node 20.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run, step } from './run-step.mjs';
import { ensureProgram, findProgram, installLine } from './system-package.mjs';

export const root = join(fileURLToPath(new URL('.', import.meta.url)), '..');
const oldestNode = [20, 19];
const oldestRust = [1, 89];

function stop(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

const isOlder = ([major, minor], [wantMajor, wantMinor]) =>
  major < wantMajor || (major === wantMajor && minor < wantMinor);
const versionIn = (text) => (/(\d+)\.(\d+)/.exec(text) ?? []).slice(1, 3).map(Number);

function checkNode() {
  if (isOlder(versionIn(process.version), oldestNode))
    stop(
      `Node ${oldestNode.join('.')} or newer is needed, this is ${process.version}. Get it from https://nodejs.org`,
    );
}

/** npm writes node_modules/.package-lock.json at the end of an install: older than the lock file means not installed. */
function packagesAreStale() {
  const mark = join(root, 'node_modules', '.package-lock.json');
  return !existsSync(mark) || statSync(mark).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
}

/**
 * Install scripts stay off: better-sqlite3 carries its binaries, and npm would compile it all the same. The one script that is wanted fetches
 * Node 24, and only where this Node is older.
 */
async function installPackages() {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
  await step('Installing npm packages', 'npm', ['ci', ...quiet], { cwd: root });
  if (isOlder(versionIn(process.version), [24, 0]))
    await step('Fetching Node 24', 'npm', ['rebuild', 'node', '--foreground-scripts'], { cwd: root });
}

async function checkRust() {
  const rust = await run('cargo', ['--version']);
  if (findProgram('cargo') === null)
    stop('Rust is missing: install it from https://rustup.rs, open a new terminal and run this again.');
  if (rust.code !== 0)
    stop(`Rust does not run: ${rust.output.trim().split('\n')[0]} Try: rustup default stable`);
  if (isOlder(versionIn(rust.output), oldestRust))
    stop(
      `Rust ${oldestRust.join('.')} or newer is needed, this is ${rust.output.trim()}. Run: rustup update stable`,
    );
  if (process.platform === 'linux' && !(await ensureProgram(['cc', 'gcc', 'clang'], ['gcc', 'libc6-dev'])))
    stop(`A C linker is missing. Run: ${installLine(['gcc', 'libc6-dev'])}`);
}

/** The Node that runs our TypeScript: this one from 24 on, else the one that the package `node` brought. */
export function node24() {
  if (!isOlder(versionIn(process.version), [24, 0])) return process.execPath;
  const bundled = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(bundled)) return bundled;
  return stop('Node 24 did not install. Remove the folder node_modules and run this again.');
}

export async function buildNative() {
  await checkRust();
  await step('Building the analysis core (the first time takes minutes)', node24(), [
    join(root, 'native', 'build.mjs'),
  ]);
}

export async function setup() {
  checkNode();
  if (packagesAreStale()) await installPackages();
  await buildNative();
  await step('Building the pages', node24(), [join(root, 'overlay', 'build.ts')]);
}

export const version = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
export { findProgram };

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--native')) await buildNative();
  else await setup();
}
