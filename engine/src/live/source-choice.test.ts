import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkReadable, defaultMapPath, parseSource, sourceWords } from './source-choice.ts';

const env = { XDG_RUNTIME_DIR: '/run/user/7' };
const parse = (text?: string, platform: NodeJS.Platform = 'linux') => {
  const problems: string[] = [];
  const source = parseSource(text, problems, env, platform);
  return problems.length > 0 ? problems : source;
};

test('auto is iRacing on Windows and the map of a simulator elsewhere', () => {
  expect(parse(undefined, 'win32')).toEqual({ kind: 'iracing' });
  expect(parse('auto')).toEqual({ kind: 'map', path: '/run/user/7/racing-coach/sim.map' });
});

test('a map and a console may be named; a path may hold colons', () => {
  expect(parse('map:some.map')).toEqual({ kind: 'map', path: resolve('some.map') });
  expect(parse('map:/a:b')).toEqual({ kind: 'map', path: resolve('/a:b') });
  expect(parse('gt7')).toEqual({ kind: 'gt7' });
  expect(parse('gt7:10.0.0.5')).toEqual({ kind: 'gt7', host: '10.0.0.5' });
  expect(parse('gt7:127.0.0.1:4000')).toEqual({ kind: 'gt7', host: '127.0.0.1', port: 4000 });
  expect(parse('gt7:console:99999')).toEqual({ kind: 'gt7', host: 'console:99999' });
});

test('what is none of the known is told with those that are', () => {
  for (const text of ['acc', 'iracing:x', 'auto:x', ''])
    expect(parse(text)).toEqual([expect.stringContaining('auto, iracing, gt7[:HOST[:PORT]], map[:FILE]')]);
});

test('without a runtime folder the map lies in a folder of this user', () => {
  const folder = process.platform === 'linux' ? `racing-coach-${userInfo().uid}` : 'racing-coach';
  for (const runtime of ['', 'relative'])
    expect(defaultMapPath({ XDG_RUNTIME_DIR: runtime })).toBe(join(tmpdir(), folder, 'sim.map'));
});

test('iRacing is read on Windows only', () => {
  expect(() => checkReadable({ kind: 'iracing' }, 'linux')).toThrow(
    expect.objectContaining({ code: 'sim-elsewhere', message: expect.stringContaining('Windows') }),
  );
  expect(() => checkReadable({ kind: 'iracing' }, 'win32')).not.toThrow();
  expect(() => checkReadable({ kind: 'gt7' }, 'linux')).not.toThrow();
});

test('every source says what to do', () => {
  for (const text of ['map', 'gt7', 'gt7:10.0.0.5']) {
    const source = parse(text);
    if (Array.isArray(source)) throw new Error(text);
    expect(sourceWords(source).todo).toMatch(/^Start .*\.$/);
  }
});
