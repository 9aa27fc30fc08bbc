/**
 * The shipped bundles, run as they are shipped: from a folder inside of a `node_modules`, where Node strips no types, and split into archive and
 * unpacked folder as electron-builder does it. Electron is not needed for the engine; the shell's bundles are looked at.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../overlay/shell/build.ts';
import { askChannels, tellChannels } from '../../overlay/shell/ipc/channel-names.ts';

interface Bridge {
  ask(...words: unknown[]): Promise<unknown>;
  listen(name: string, run: () => void): () => void;
}

let folder: string;
let app: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-bundle-'));
  const resources = join(folder, 'node_modules', 'racing-coach', 'resources');
  // An archive looks like a folder to the program inside; what Rust reads lies beside it.
  app = join(resources, 'app.asar');
  await buildApp(app);
  mkdirSync(join(resources, 'app.asar.unpacked'));
  renameSync(join(app, 'reference-laps'), join(resources, 'app.asar.unpacked', 'reference-laps'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = () => join(app, 'engine', 'src', 'racing-coach.cjs');
const env = () => ({ ...process.env, RACING_COACH_DATA_DIR: join(folder, 'data'), NO_COLOR: '1' });
const run = (...words: string[]) =>
  promisify(execFile)(process.execPath, [bundle(), ...words], { env: env() });

describe('the engine', () => {
  test('helps, and finds all its parts', async () => {
    expect((await run('--help')).stdout).toContain('Usage: racing-coach');
    const { ok, findings } = JSON.parse((await run('doctor', '--json')).stdout);
    const states = Object.fromEntries(
      findings.map((row: { name: string; state: string }) => [row.name, row.state]),
    );
    expect(states).toMatchObject({ 'native part': 'good', pages: 'good' });
    expect(ok).toBe(true);
  });
  test('keeps laps: its store’s thread is a bundle of its own', async () => {
    const recording = join(app, '..', 'app.asar.unpacked', 'reference-laps', 'demo-session.ibt');
    expect((await run('import', recording)).stdout).toContain('3 complete');
    expect(existsSync(join(folder, 'data', 'laps.db'))).toBe(true);
  });
  test('plays the demo from beside the archive, serves the HUD, and ends when asked', async () => {
    const child = spawn(process.execPath, [bundle(), 'demo', '--no-open', '--json', '--port', '0'], {
      env: env(),
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const lines = createInterface({ input: child.stdout });
    const [ready] = (await new Promise<string[]>((resolve) =>
      lines.once('line', (line) => resolve([line])),
    )) as [string];
    const page = await fetch(JSON.parse(ready).urls.hud);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Racing Coach HUD');
    child.kill('SIGTERM');
    await ended;
  });
});

describe('the shell', () => {
  const text = (name: string) => readFileSync(join(app, name), 'utf8');
  test('its bundles are scripts that need Electron and Node and nothing else', () => {
    for (const name of ['main.cjs', 'preload.cjs']) expect(() => new Script(text(name)), name).not.toThrow();
    const required = [...text('main.cjs').matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(new Set(required.filter((name) => !name?.startsWith('node:')))).toEqual(new Set(['electron']));
    const inPreload = [...text('preload.cjs').matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(inPreload).toEqual(['electron']);
  });
  test('the preload script exposes the table of channels, and not a name more', async () => {
    const asked: unknown[][] = [];
    const listened: string[] = [];
    const exposed: Bridge[] = [];
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, api: Bridge) => {
          expect(name).toBe('racingCoach');
          exposed.push(api);
        },
      },
      ipcRenderer: {
        invoke: async (...words: unknown[]) => void asked.push(words),
        on: (name: string) => listened.push(name),
        off: () => {},
      },
    };
    new Script(`(require, module, exports) => {${text('preload.cjs')}}`).runInThisContext()(
      () => electron,
      {},
      {},
    );
    const [api] = exposed as [Bridge];
    expect(Object.keys(api).sort()).toEqual(['ask', 'listen']);
    for (const { name } of askChannels) await api.ask(name);
    for (const { name } of tellChannels) api.listen(name, () => {});
    await expect(api.ask('fs:read', '/etc/passwd')).rejects.toThrow('refused');
    api.listen('shell:state', () => {});
    expect(asked.map(([name]) => name)).toEqual(askChannels.map(({ name }) => name));
    expect(listened).toEqual(tellChannels.map(({ name }) => name));
  });
  test('its main script stands in the app’s package, with the version of the product', () => {
    const own = JSON.parse(text('package.json'));
    const product = createRequire(import.meta.url)('../../package.json') as { version: string };
    expect(own).toMatchObject({ main: 'main.cjs', version: product.version });
  });
});
