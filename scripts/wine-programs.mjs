/**
 * Builds the writing sim and its reader for Windows, so that the real Win32 calls run under Wine, and type-checks the addon for Windows, which cannot be
 * linked here. `node scripts/wine-programs.mjs` does it alone.
 *
 * rustup's server with its standard libraries cannot be reached everywhere; Debian's package of the compiler brings the library's source instead,
 * from which cargo builds it once (about 75 s). Everything made lies in native/target-windows, and cargo knows what is stale.
 */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from './run-step.mjs';
import { ensure, findProgram, installLine } from './system-package.mjs';

const native = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'native');
const target = 'x86_64-pc-windows-gnu';
const folder = join(native, 'target-windows');
const compiler = 'x86_64-w64-mingw32-gcc';

/** Where the programs are. */
export const programs = join(folder, target, 'debug');

/** Wine's own folder: nobody's settings are touched. No messages, no questions, no desktop. */
export const wineEnv = {
  WINEPREFIX: join(folder, 'wine'),
  WINEARCH: 'win64',
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=',
  DISPLAY: '',
};

const packages = ['rustc-web', 'cargo-web', 'rust-web-src', 'gcc-mingw-w64-x86-64', 'wine', 'wine64'];
const parts = ['/usr/bin/cargo', '/usr/bin/rustc', '/usr/lib/rustlib/src/rust/library/std/Cargo.toml'];

const isInstalled = () =>
  parts.every((part) => existsSync(part)) && findProgram('wine') !== null && findProgram(compiler) !== null;

/** Rust's standard library wants a DLL that Wine 8 lacks: ours lies beside the programs. */
function buildRandom() {
  const source = join(native, 'simwriter', 'wine', 'bcryptprimitives.c');
  const made = join(programs, 'bcryptprimitives.dll');
  if (existsSync(made) && statSync(made).mtimeMs > statSync(source).mtimeMs) return { code: 0, output: '' };
  return run(compiler, ['-shared', '-O1', '-Wall', '-Werror', '-o', made, source, '-ladvapi32']);
}

function cargoForWindows(verb, words, more = {}) {
  const env = {
    RUSTC: '/usr/bin/rustc',
    // What builds the standard library is not stable.
    RUSTC_BOOTSTRAP: '1',
    CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER: compiler,
    CC_x86_64_pc_windows_gnu: compiler,
    CARGO_PROFILE_DEV_DEBUG: '0',
    RUSTFLAGS: undefined,
    ...more,
  };
  const standard = ['--locked', '-Zbuild-std=std,panic_abort', '--target', target, '--target-dir', folder];
  return run('/usr/bin/cargo', [verb, ...standard, ...words], { cwd: native, env });
}

const buildPrograms = () => cargoForWindows('build', ['-p', 'racing-coach-simwriter', '--bins']);

/** Type-checks the addon for Windows; what the compiler said, and its code. */
export function checkAddon() {
  // The addon's build script wants to see Node's library. Nothing is linked, so an empty file is as good.
  const library = join(folder, 'no-node');
  mkdirSync(library, { recursive: true });
  writeFileSync(join(library, 'libnode.dll'), '');
  return cargoForWindows('check', ['-p', 'racing-coach-node'], { LIBNODE_PATH: library });
}

/** The first start makes Wine's folder, which takes a minute. */
async function prepareWine() {
  if (existsSync(join(wineEnv.WINEPREFIX, 'system.reg'))) return { code: 0, output: '' };
  mkdirSync(wineEnv.WINEPREFIX, { recursive: true });
  return run('wine', ['wineboot', '--init'], { env: wineEnv });
}

/** Builds what is not built yet; the reason when it cannot be done. */
export async function buildWinePrograms() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'They run on Linux on x64 only.';
  if (!(await ensure(isInstalled, packages))) return `To run them: ${installLine(packages)}`;
  process.stderr.write('Building for Windows (the first time takes minutes) … ');
  for (const build of [buildPrograms, buildRandom, prepareWine]) {
    const { code, output } = await build();
    if (code !== 0) {
      process.stderr.write(`failed\n${output}\n`);
      return 'What went wrong stands above.';
    }
  }
  process.stderr.write('done\n');
  return null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const why = await buildWinePrograms();
  if (why !== null) process.stderr.write(`${why}\n`);
  process.exit(why === null ? 0 : 1);
}
