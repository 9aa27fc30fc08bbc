/**
 * `electron-builder.yml` against electron-builder itself: its schema, and its own reading of the globs over a folder that has everything in it
 * which must stay out. The packaging runs on Windows; what it would put in is known here.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../overlay/shell/build.ts';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(join(root, 'overlay', 'package.json'));
const builder = createRequire(require.resolve('app-builder-lib/package.json'));

interface Config {
  [name: string]: unknown;
  files: string[];
  asarUnpack: string[];
  electronVersion: string;
  electronFuses: Record<string, boolean>;
}
type Filter = (file: string, stat: ReturnType<typeof statSync>) => boolean;
interface FileMatchers {
  FileMatcher: new (
    from: string,
    to: string,
    expand: (text: string) => string,
    patterns: string[],
  ) => {
    createFilter(): Filter;
  };
  getMainFileMatchers(
    app: string,
    to: string,
    expand: (text: string) => string,
    own: object,
    packager: object,
    out: string,
    compiled: boolean,
  ): { createFilter(): Filter }[];
}

const config = (builder('js-yaml') as { load(text: string): Config }).load(
  readFileSync(join(root, 'electron-builder.yml'), 'utf8'),
);
const { validateConfiguration } = builder('./out/util/config/config.js') as {
  validateConfiguration(config: object, log: object): Promise<void>;
};
const { FileMatcher, getMainFileMatchers } = builder('./out/fileMatcher.js') as FileMatchers;

const valid = (changed: object) => validateConfiguration(structuredClone(changed), { isEnabled: false });
const look = (pane: string) =>
  ['base', 'buttons', 'inter', 'tokens'].map((name) => `overlay/dist/${pane}/look/${name}.css`);
const expand = (text: string) => text.replace(/\$\{arch\}/g, 'x64');

/** Files below a folder that the filter takes, as electron-builder walks it. */
function taken(folder: string, filter: Filter, below = ''): string[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = join(below, name);
    const stat = statSync(join(folder, path));
    if (!filter(join(folder, path), stat)) return [];
    return stat.isDirectory() ? taken(folder, filter, path) : [path.replaceAll('\\', '/')];
  });
}

describe('the configuration', () => {
  test('is one that electron-builder takes', async () => {
    await expect(valid(config)).resolves.toBeUndefined();
  });
  test('with a mistake is not', async () => {
    await expect(valid({ ...config, asarUnpacked: [] })).rejects.toThrow(/asarUnpacked/);
    await expect(valid({ ...config, electronFuses: { runAsNod: false } })).rejects.toThrow(/electronFuses/);
  });
  test('packs the Electron that the types are of', () => {
    const overlay = JSON.parse(readFileSync(join(root, 'overlay', 'package.json'), 'utf8'));
    expect(config.electronVersion).toBe(overlay.devDependencies.electron);
  });
  test('locks the app: no Node of its own, no inspector, its archive and nothing else', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config).toMatchObject({
      asar: true,
      disableAsarIntegrity: false,
      npmRebuild: false,
      publish: null,
    });
  });
  test('makes an installer and a portable program for Windows', () => {
    expect(config['win']).toMatchObject({ target: [{ target: 'nsis' }, { target: 'portable' }] });
  });
});

describe('what ends up in the app', () => {
  let folder: string;
  let packed: string[];
  let unpacked: string[];
  const decoys = [
    'server/index.js',
    'node_modules/@electric-sql/pglite/dist/pglite.wasm',
    'node_modules/left-pad/index.js',
    'vendor/pglite/pglite.wasm',
    'native/racing-coach.linux-x64-gnu.node',
    'native/racing-coach.darwin-arm64.node',
    'native/racing-coach.win32-arm64-msvc.node',
    'vendor/better-sqlite3/prebuilds/linux-x64.node',
    'vendor/better-sqlite3/prebuilds/win32-arm64.node',
    'overlay/dist/playground/index.html',
    'overlay/dist/hud/hud.js.map',
    'overlay/hud.test.ts',
    'electron-builder.yml',
  ];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-app-'));
    await buildApp(folder, { platform: 'win32', arch: 'x64' });
    const plant = (path: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), '');
    };
    decoys.forEach(plant);
    // Built on Windows; here it stands for it.
    plant('native/racing-coach.win32-x64-msvc.node');
    const packager = {
      info: {
        projectDir: root,
        buildResourcesDir: join(root, 'overlay/shell/icons'),
        config,
        debugLogger: { isEnabled: false },
        isPrepackedAppAsar: false,
      },
    };
    const out = join(root, 'dist-installer');
    const matchers = getMainFileMatchers(
      folder,
      '/app',
      expand,
      {},
      { ...packager, ...packager.info },
      out,
      false,
    );
    packed = matchers.flatMap((matcher) => taken(folder, matcher.createFilter())).sort();
    const unpack = new FileMatcher(folder, '/app', expand, config.asarUnpack).createFilter();
    unpacked = packed.filter((path) => unpack(join(folder, path), statSync(join(folder, path))));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is this and no more', () => {
    const fonts = /^overlay\/dist\/[\w/]+\/fonts\//;
    const library = /^vendor\/better-sqlite3\/lib\//;
    const clips = /^overlay\/dist\/audio\/voices\/heart\/[\w.-]+\.ogg$/;
    expect(packed.filter((path) => ![fonts, library, clips].some((some) => some.test(path)))).toEqual([
      'LICENSE',
      'NOTICE.md',
      'engine/package.json',
      'engine/src/racing-coach.cjs',
      'engine/src/store/store-worker.cjs',
      'icons/icon.png',
      ...['idle', 'live', 'trouble'].flatMap((state) =>
        ['', '@1.5x', '@2x'].map((scale) => `icons/tray-${state}${scale}.png`),
      ),
      'main.cjs',
      'native/index.js',
      'native/package.json',
      'native/racing-coach.win32-x64-msvc.node',
      'overlay/dist/audio/audio.css',
      'overlay/dist/audio/audio.js',
      'overlay/dist/audio/index.html',
      'overlay/dist/audio/voices/README.md',
      'overlay/dist/audio/voices/heart/manifest.json',
      'overlay/dist/edit/edit.css',
      'overlay/dist/edit/edit.js',
      'overlay/dist/edit/index.html',
      'overlay/dist/hud/backdrops/bright.svg',
      'overlay/dist/hud/backdrops/dark.svg',
      'overlay/dist/hud/hud.css',
      'overlay/dist/hud/hud.js',
      'overlay/dist/hud/hud.js.LEGAL.txt',
      'overlay/dist/hud/index.html',
      'overlay/dist/obs/index.html',
      'overlay/dist/obs/obs.css',
      'overlay/dist/obs/obs.js',
      'overlay/dist/obs/obs.js.LEGAL.txt',
      'overlay/dist/review/index.html',
      ...look('review'),
      'overlay/dist/review/review.css',
      'overlay/dist/review/review.js',
      'overlay/dist/settings/index.html',
      ...look('settings'),
      'overlay/dist/settings/preview/preview.js',
      'overlay/dist/settings/preview/preview.js.LEGAL.txt',
      'overlay/dist/settings/settings.css',
      'overlay/dist/settings/settings.js',
      ...['controls', 'fonts', 'sections'].map((name) => `overlay/dist/settings/theme/${name}.css`),
      'package.json',
      'preload.cjs',
      'reference-laps/demo-car.json',
      'reference-laps/demo-circuit.json',
      'reference-laps/demo-reference.parquet',
      'reference-laps/demo-session.ibt',
      'reference-laps/demo-truth.json',
      'vendor/better-sqlite3/LICENSE',
      'vendor/better-sqlite3/package.json',
      'vendor/better-sqlite3/prebuilds/win32-x64.node',
    ]);
  });
  test('is nothing that was left lying about', () => {
    expect(packed.filter((path) => decoys.includes(path))).toEqual([]);
  });
  test('lies outside of the archive where Windows or Rust read it', () => {
    expect(unpacked).toEqual([
      'native/racing-coach.win32-x64-msvc.node',
      'reference-laps/demo-car.json',
      'reference-laps/demo-circuit.json',
      'reference-laps/demo-reference.parquet',
      'reference-laps/demo-session.ibt',
      'reference-laps/demo-truth.json',
      'vendor/better-sqlite3/prebuilds/win32-x64.node',
    ]);
  });
  test('is small, and names no tool of ours', () => {
    const bytes = packed.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
    expect(bytes).toBeLessThan(16 * 1024 * 1024);
    // Windows knows the running app and its shortcut by the same name.
    expect(readFileSync(join(folder, 'main.cjs'), 'utf8')).toContain(
      `setAppUserModelId("${config['appId']}")`,
    );
    expect(readFileSync(join(folder, 'main.cjs'), 'utf8')).not.toMatch(
      /require\("(esbuild|playwright|vitest)/,
    );
  });
});
