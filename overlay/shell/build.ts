/**
 * Puts the desktop app together in `dist-app/`, the folder that electron-builder packs and Electron starts: `node overlay/shell/build.ts`.
 *
 * `dist-app` has the checkout's layout (`engine/src`, `overlay/dist`, `reference-laps`, `native`), so that every path which a source file takes
 * from its own place leads to the same thing there. Nothing in it needs `node_modules`: what cannot be bundled (the addon and SQLite, which are
 * native) is copied to a place that the bundles name. Everything is CommonJS: the preload script must be, Electron runs a CommonJS main before it
 * becomes ready, and `require` is the way into an asar archive that has worked longest.
 */
import { readFileSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { buildPages } from '../build.ts';
import { checkoutPaths, nativeParts } from './build-plugins.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

/** Electron 45's Node and Chromium. */
const nodeTarget = 'node24';
const chromeTarget = 'chrome140';

export interface AppTarget {
  platform: string;
  arch: string;
}

const common: BuildOptions = {
  bundle: true,
  format: 'cjs',
  charset: 'utf8',
  legalComments: 'linked',
  logLevel: 'warning',
};

/** @param to the folder; emptied first @param target whose native parts come along */
export async function buildApp(
  to = join(root, 'dist-app'),
  target: AppTarget = { platform: process.platform, arch: process.arch },
): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await Promise.all([
    buildShell(to),
    buildEngine(to),
    buildPages(join(to, 'overlay', 'dist'), (name) => name !== 'playground'),
    copyNative(to, target),
    copySqlite(to, target),
    cp(join(root, 'reference-laps'), join(to, 'reference-laps'), { recursive: true }),
    cp(join(here, 'icons'), join(to, 'icons'), {
      recursive: true,
      filter: (path) => !/\.(ts|svg|ico)$/.test(path),
    }),
    ...['LICENSE', 'NOTICE.md'].map((file) => cp(join(root, file), join(to, file))),
    writePackages(to),
  ]);
}

async function buildShell(to: string): Promise<void> {
  const external = ['electron'];
  const entry = (name: string) => join(here, 'electron', name);
  await build({
    ...common,
    entryPoints: [entry('main.ts')],
    outfile: join(to, 'main.cjs'),
    platform: 'node',
    target: nodeTarget,
    external,
  });
  // Runs in a sandboxed page: there is no Node.
  await build({
    ...common,
    entryPoints: [entry('preload.ts')],
    outfile: join(to, 'preload.cjs'),
    platform: 'browser',
    target: chromeTarget,
    external,
  });
}

/** What the process runs: the command line, and the message by which the shell asks it to end (Windows has no such signal). */
const engineEntry = `
import { main } from './main.ts';
process.parentPort?.on('message', ({ data }) => {
  if (data === 'stop') process.emit('SIGTERM', 'SIGTERM');
});
void main(process.argv.slice(2));
`;

async function buildEngine(to: string): Promise<void> {
  const source = join(root, 'engine', 'src');
  const out = join(to, 'engine', 'src');
  const options: BuildOptions = {
    ...common,
    platform: 'node',
    target: nodeTarget,
    // ws asks for these two and goes on without them.
    external: ['bufferutil', 'utf-8-validate'],
  };
  const stdin = {
    contents: engineEntry,
    resolveDir: source,
    sourcefile: join(source, 'entry.ts'),
    loader: 'ts' as const,
  };
  const bundle = join(out, 'racing-coach.cjs');
  await build({
    ...options,
    stdin,
    outfile: bundle,
    plugins: [checkoutPaths(root, to, bundle), nativeParts(to, bundle)],
  });
  const worker = join(out, 'store', 'store-worker.cjs');
  await build({
    ...options,
    entryPoints: [join(source, 'store', 'store-worker.ts')],
    outfile: worker,
    plugins: [checkoutPaths(root, to, worker), nativeParts(to, worker)],
  });
}

/** The addon of the target, and the module that picks it. */
async function copyNative(to: string, { platform, arch }: AppTarget): Promise<void> {
  const out = join(to, 'native');
  await mkdir(out, { recursive: true });
  const addons = (await readdir(join(root, 'native'))).filter(
    (name) => name.startsWith(`racing-coach.${platform}-${arch}`) && name.endsWith('.node'),
  );
  for (const name of ['index.js', 'package.json', ...addons])
    await cp(join(root, 'native', name), join(out, name));
}

/** SQLite's binding as it is published, with the binary of the target alone. */
async function copySqlite(to: string, { platform, arch }: AppTarget): Promise<void> {
  const from = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
  const out = join(to, 'vendor', 'better-sqlite3');
  await mkdir(out, { recursive: true });
  for (const name of ['package.json', 'LICENSE', 'lib'])
    await cp(join(from, name), join(out, name), { recursive: true });
  const binary = join('prebuilds', `${platform}-${arch}.node`);
  await cp(join(from, binary), join(out, binary));
}

/** The app's own package, and those whose version or kind a file beside them is asked for. */
async function writePackages(to: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const write = async (folder: string, content: object) => {
    await mkdir(join(to, folder), { recursive: true });
    await writeFile(join(to, folder, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
  };
  await write('.', {
    name: 'racing-coach',
    productName: 'Racing Coach',
    version,
    description:
      'A live coach for sim racers: braking and corner cues over the sim, from your own reference laps.',
    author: 'The Racing Coach authors',
    license: 'MIT',
    main: 'main.cjs',
  });
  await write('engine', { name: '@racing-coach/engine', version });
}

if (import.meta.main) {
  const [platform = process.platform, arch = process.arch] = process.argv.slice(2);
  await buildApp(undefined, { platform, arch });
}
