import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type AnalyzeDocument, analyzeDocument, coachEvent } from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bin, recording, root, runCoach } from './racing-coach.ts';

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-cli-'));
  dataDir = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const coach = (...words: string[]) => runCoach(words, dataDir);

describe('status and streams', () => {
  test('help is a result: standard output, status 0', async () => {
    const { status, out, err } = await coach('--help');
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('racing-coach <command>');
  });

  test('wrong usage: status 2, every problem on standard error', async () => {
    const { status, out, err } = await coach('replay', '--speed', 'fast', '--laps', '5..2', '--nope');
    expect([status, out]).toEqual([2, '']);
    for (const problem of ['FILE is missing', '--speed must', '--laps must', '--nope'])
      expect(err).toContain(problem);
  });

  test.each([
    ['simulate --out none.ibt --car lada', 'There is no car preset named lada. Known: gt3'],
    ['simulate --out none.ibt --track none', 'There is no track named none'],
    ['simulate --out none.ibt --mistakes T1:dances', 'mistake'],
    ['bench --only none', 'There is no benchmark none. Known: columns'],
    ['reference export a-0 lap.csv', 'lap.csv: a lap file’s name ends with .parquet.'],
    ['start --source acc', 'There is no source named acc. Known: auto, iracing'],
    ['start --reference own-best', 'here your best lap is chosen by itself'],
    ['start --tape out.ibt', 'out.ibt: a tape’s name ends with .tape.'],
    ['record out.ibt', 'out.ibt: a tape’s name ends with .tape.'],
    ['replay none.ibt --from later', '--from must be a number of seconds, not later.'],
    ['reference', 'add, list, fetch, update, offers, show, remove or export is missing.'],
  ])('%s is wrong usage', async (line, said) => {
    const { status, out, err } = await coach(...line.split(' '), '--json');
    expect([status, JSON.parse(out).error.code !== 'internal']).toEqual([2, true]);
    expect(err).toContain(`racing-coach: `);
    expect(err).toContain(said);
  });

  test.skipIf(!existsSync('/dev/full'))(
    'output that a full disk did not take is a failure (needs /dev/full: Linux)',
    () => {
      const command = `exec "$0" "$1" analyze --help > /dev/full`;
      const { status } = spawnSync('sh', ['-c', command, process.execPath, bin]);
      expect(status).toBe(1);
    },
  );

  test('laps that the recording does not have: status 1, not an empty summary', async () => {
    const file = join(root, 'reference-laps', 'demo-session.ibt');
    const words = ['--laps', '90..99', '--speed', 'max', '--no-serve', '--json'];
    const { status, out } = await coach('replay', file, ...words);
    expect([status, JSON.parse(out).error.code]).toEqual([1, 'lap-not-found']);
  });

  test('a failure: status 1, one clear line, and with --json one document', async () => {
    const { status, out, err } = await coach(
      'compare',
      'none.ibt',
      '--lap',
      '1',
      '--reference',
      '2',
      '--json',
    );
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'file-not-found' } });
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain('none.ibt');
  });

  test.each(['evaluate'])('%s is not part of this version and says so', async (name) => {
    const { status, out } = await coach(name, 'anything', '--at-all', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'not-yet' } });
  });

  test('an older Node starts the right one by itself', async ({ skip }) => {
    const places = (process.env['PATH'] ?? '').split(delimiter).map((place) => join(place, 'node'));
    const old = places.find(
      (node) => existsSync(node) && !node.includes('node_modules') && majorOf(node) < 24,
    );
    if (old === undefined) return skip('there is no older Node here');
    const { status, out } = await runCoach(['--version'], dataDir, old);
    expect([status, out.trim()]).toEqual([0, `racing-coach ${version()}`]);
    expect((await runCoach(['fly'], dataDir, old)).status).toBe(2);
  });
});

const majorOf = (node: string) => Number(execFileSync(node, ['-p', 'process.versions.node.split(".")[0]']));
const version = () => JSON.parse(readFileSync(join(root, 'engine', 'package.json'), 'utf8')).version;

describe('start and record', () => {
  test.skipIf(process.platform === 'win32')(
    'iRacing can be read on Windows only, which is said at once',
    async () => {
      for (const words of [['start'], ['record', join(folder, 'a.tape')]]) {
        const { status, out } = await coach(...words, '--source', 'iracing', '--json');
        expect([status, JSON.parse(out).error.code]).toEqual([1, 'sim-elsewhere']);
      }
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test('a tape that exists is never written over', async () => {
    const tape = join(folder, 'a.tape');
    writeFileSync(tape, 'mine');
    for (const words of [
      ['start', '--tape', tape],
      ['record', tape],
    ]) {
      const { status, out } = await coach(...words, '--source', `map:${join(folder, 'sim.map')}`, '--json');
      expect([status, JSON.parse(out).error.code]).toEqual([1, 'output-exists']);
    }
    expect(readFileSync(tape, 'utf8')).toBe('mine');
  });
});

describe('token', () => {
  test('is shown, kept, private and replaced', async () => {
    const { out } = await coach('token', 'show');
    expect(out.trim()).toMatch(/^[0-9a-f]{32}$/);
    expect((await coach('token', 'show')).out).toBe(out);
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'token')).mode & 0o777).toBe(0o600);
    const rotated = JSON.parse((await coach('token', 'rotate', '--json')).out) as { token: string };
    expect(rotated.token).not.toBe(out.trim());
    expect((await coach('token', 'show', '--data-dir', join(folder, 'other'))).out.trim()).not.toBe(
      rotated.token,
    );
  });
});

describe('a real recording', () => {
  const name = 'redbullring-amg-gt4.ibt';

  test('analyze: a recording that does not say where the car is tells which channels it lacks', async () => {
    const file = join(folder, 'nowhere.csv');
    const rows = [0, 1, 2].map((row) => `${row},10,60,iracing,somewhere`);
    writeFileSync(file, ['sampleIndex,speedMps,sampleRateHz,sim,trackName', ...rows].join('\n'));
    const { status, out } = await coach('analyze', file, '--json');
    expect(status).toBe(1);
    const document = JSON.parse(out) as AnalyzeDocument;
    expect(document.files[0]).toMatchObject({ file, error: { code: 'channels-missing' } });
  });

  test('analyze: a bad file does not stop the others', async (running) => {
    const file = recording(name, running);
    const empty = join(folder, 'empty.ibt');
    writeFileSync(empty, '');
    const { status, out, err } = await coach('analyze', empty, file, join(folder, 'none.ibt'), '--json');
    expect(status).toBe(1);
    const document: AnalyzeDocument = analyzeDocument.parse(JSON.parse(out));
    expect(document.files.map((entry) => ('error' in entry ? entry.error.code : entry.samples))).toEqual([
      'ibt-empty',
      3371,
      'file-not-found',
    ]);
    expect(document.files[1]).toMatchObject({ file, sim: 'iracing', sampleRateHz: 60 });
    expect(err.trim().split('\n')).toHaveLength(2);
  });

  test('replay: the same bytes at any speed, one settled event for each lap, no trace in the data directory', async (running) => {
    const file = recording(name, running);
    const events = await Promise.all(
      ['max', '30', '100'].map(async (speed) => {
        const path = join(folder, `${speed}.jsonl`);
        const words = ['--speed', speed, '--reference', 'own-best', '--no-serve', '--events', path];
        expect((await coach('replay', file, ...words)).status).toBe(0);
        return readFileSync(path, 'utf8');
      }),
    );
    expect(events[1]).toBe(events[0]);
    expect(events[2]).toBe(events[0]);
    const parsed =
      events[0]
        ?.trim()
        .split('\n')
        .map((line) => coachEvent.parse(JSON.parse(line))) ?? [];
    expect(parsed.length).toBeGreaterThan(3);
    expect(parsed.every((event) => event.type !== 'lap' || event.settled)).toBe(true);
    expect(existsSync(dataDir)).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['100.jsonl', '30.jsonl', 'max.jsonl']);
  });

  test('replay without a good lap plays on, silent, and says why', async (running) => {
    const file = recording(name, running);
    const words = ['--speed', 'max', '--reference', 'own-best', '--no-serve'];
    const { status, out, err } = await coach('replay', file, ...words);
    expect(status).toBe(0);
    expect(err).toContain('Playing without a reference.');
    expect(out).toContain('The coach was silent:');
    expect(out).toContain('No reference lap for this track and car yet');
  });

  test('a reference that is not there ends it before it begins', async (running) => {
    const file = recording(name, running);
    for (const [reference, code] of [
      [`${file}#7`, 'lap-not-found'],
      ['a-0123456789ab', 'reference-not-found'],
    ]) {
      const { status, out } = await coach(
        'replay',
        file,
        '--reference',
        reference ?? '',
        '--no-serve',
        '--json',
      );
      expect([status, JSON.parse(out).error.code]).toEqual([1, code]);
    }
  });
});
