import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings } from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataDir } from './data-dir.ts';
import { EngineLock } from './engine-lock.ts';
import { keepPort, readPort } from './port.ts';
import { loadSettings, saveSettings } from './settings-file.ts';
import { ensureToken, readToken, rotateToken, tokenMatches } from './token.ts';
import { writeWholeFile } from './whole-file.ts';

let folder: string;
let dataDir: DataDir;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-data-'));
  dataDir = new DataDir(join(folder, 'data'), {});
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the place of the data directory', () => {
  test('option before environment before platform', () => {
    const env = { RACING_COACH_DATA_DIR: '/from-env', XDG_DATA_HOME: '/xdg' };
    expect(new DataDir('/given', env, 'linux').path).toMatch(/given$/);
    expect(new DataDir(undefined, env, 'linux').path).toMatch(/from-env$/);
    expect(new DataDir(undefined, { XDG_DATA_HOME: '/xdg' }, 'linux').path).toMatch(/xdg.racing-coach$/);
    expect(new DataDir(undefined, { LOCALAPPDATA: '/local' }, 'win32').path).toMatch(/Racing Coach$/);
  });

  test('a place that cannot be made is a coded error', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => new DataDir(join(folder, 'file', 'below'), {}).ensure()).toThrow(
      expect.objectContaining({ code: 'data-dir-unwritable' }),
    );
  });
});

describe('token', () => {
  test('is 128 bits, made once, readable by the user alone', () => {
    const token = ensureToken(dataDir);
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(ensureToken(dataDir)).toBe(token);
    if (process.platform !== 'win32') expect(statSync(dataDir.file('token')).mode & 0o777).toBe(0o600);
  });

  test('a rotated token replaces the old one, and garbage in the file counts as none', () => {
    const token = ensureToken(dataDir);
    expect(rotateToken(dataDir)).not.toBe(token);
    writeFileSync(dataDir.file('token'), 'short');
    expect(readToken(dataDir)).toBeNull();
  });

  test('matches itself only', () => {
    expect(tokenMatches('abc', 'abc')).toBe(true);
    for (const other of ['abd', 'ab', '', null]) expect(tokenMatches('abc', other)).toBe(false);
  });
});

test('the port is kept the first time only', () => {
  expect(readPort(dataDir)).toBeNull();
  keepPort(dataDir, 47_821);
  keepPort(dataDir, 50_000);
  expect(readPort(dataDir)).toBe(47_821);
});

describe('settings', () => {
  test('defaults without a file, and what was saved comes back', () => {
    expect(loadSettings(dataDir, new Date(0))).toEqual({
      settings: defaultSettings,
      notice: null,
      readOnly: false,
    });
    saveSettings(dataDir, { ...defaultSettings, hub: { openBrowser: false } });
    expect(loadSettings(dataDir, new Date(0)).settings.hub.openBrowser).toBe(false);
  });

  test('a damaged file is kept aside and said', () => {
    dataDir.ensure();
    writeFileSync(dataDir.file('settings.json'), '{"version":1,');
    const loaded = loadSettings(dataDir, new Date(0));
    expect(loaded.settings).toEqual(defaultSettings);
    expect(loaded.notice).toContain('kept as');
    const kept = readdirSync(dataDir.path).find((name) => name.startsWith('settings.json.damaged'));
    expect(readFileSync(dataDir.file(kept ?? ''), 'utf8')).toBe('{"version":1,');
  });

  test('a newer file is left alone', () => {
    dataDir.ensure();
    writeFileSync(dataDir.file('settings.json'), '{"version":99,"new":true}');
    expect(loadSettings(dataDir, new Date(0)).readOnly).toBe(true);
    expect(readFileSync(dataDir.file('settings.json'), 'utf8')).toContain('99');
  });
});

test('a file that cannot be written leaves nothing behind', () => {
  const target = join(folder, 'taken');
  mkdirSync(join(target, 'full'), { recursive: true });
  expect(() => writeWholeFile(target, 'x')).toThrow(expect.objectContaining({ code: 'output-exists' }));
  expect(readdirSync(folder)).toEqual(['taken']);
});

describe('one engine per data directory', () => {
  const script = (path: string) => `
    import { DataDir } from ${JSON.stringify(new URL('./data-dir.ts', import.meta.url).href)};
    import { EngineLock } from ${JSON.stringify(new URL('./engine-lock.ts', import.meta.url).href)};
    const lock = EngineLock.take(new DataDir(${JSON.stringify(path)}, {}));
    console.log('taken');
    setInterval(() => lock, 1000);`;

  test('a second one is told which process runs; a killed one leaves no lock', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script(dataDir.path)]);
    await once(child.stdout, 'data');
    expect(() => EngineLock.take(dataDir)).toThrow(
      expect.objectContaining({
        code: 'data-dir-locked',
        message: expect.stringContaining(String(child.pid)),
      }),
    );
    child.kill('SIGKILL');
    await once(child, 'close');
    EngineLock.take(dataDir).release();
  });

  test('a lock file that is no lock is not taken for another engine', () => {
    dataDir.ensure();
    writeFileSync(
      join(dataDir.path, 'engine.lock'),
      'not a database, and longer than a header of one'.repeat(20),
    );
    expect(() => EngineLock.take(dataDir)).toThrow(expect.objectContaining({ code: 'output-exists' }));
  });

  test('a released lock can be taken again', () => {
    EngineLock.take(dataDir).release();
    EngineLock.take(dataDir).release();
  });
});
