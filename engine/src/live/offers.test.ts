import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LapSession } from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataDir } from '../data/data-dir.ts';
import { offersFor, publicOffer } from './offers.ts';
import { readHeads } from './recording-heads.ts';

let folder: string;
let dataDir: DataDir;
let read: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-offers-'));
  mkdirSync(join(folder, 'telemetry', 'deep'), { recursive: true });
  dataDir = new DataDir(join(folder, 'data'), {});
  dataDir.ensure();
  read = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A "recording" whose text is its track and car, written so many minutes ago. */
function recording(name: string, text: string, minutesAgo: number): void {
  const path = join(folder, 'telemetry', name);
  writeFileSync(path, text);
  const at = new Date(Date.now() - minutesAgo * 60_000);
  utimesSync(path, at, at);
}

async function describeFile(path: string): Promise<LapSession> {
  read.push(path);
  const [track = '', car = ''] = readFileSync(path, 'utf8').split(' ');
  if (track === 'broken') throw new Error('it is no recording');
  const names = { track: { name: track, config: '', lengthM: null }, car: { name: car } };
  const keys = { trackKey: `iracing/${track}/`, carKey: car };
  return {
    sim: 'iracing',
    sampleRateHz: 60,
    date: '',
    build: '',
    own: true,
    analysisVersion: 1,
    ...names,
    ...keys,
  };
}

const heads = () => readHeads([join(folder, 'telemetry'), join(folder, 'none')], describeFile, dataDir);
const place = { trackKey: 'iracing/fuji/', carKey: 'mx5' };

describe('heads of recordings', () => {
  test('are read once while the file stands, newest first; what is none is looked at once', async () => {
    recording('old.ibt', 'fuji mx5', 60);
    recording('deep/new.ibt', 'spa gt3', 30);
    recording('bad.ibt', 'broken', 20);
    recording('notes.csv', 'fuji mx5', 20);
    expect((await heads()).map(({ track }) => track)).toEqual(['spa', 'fuji']);
    expect(read).toHaveLength(3);
    expect(await heads()).toHaveLength(2);
    expect(read).toHaveLength(3);
    recording('old.ibt', 'fuji gt3', 5);
    expect((await heads()).map(({ car }) => car)).toEqual(['gt3', 'gt3']);
    expect(read).toHaveLength(4);
  });

  test('a list that is damaged is read anew', async () => {
    recording('a.ibt', 'fuji mx5', 60);
    writeFileSync(dataDir.file('recording-heads.json'), '{"half');
    expect(await heads()).toHaveLength(1);
  });

  test('one that is being written is left for later', async () => {
    recording('a.ibt', 'fuji mx5', 0);
    expect(await heads()).toEqual([]);
  });
});

describe('offers', () => {
  test('are of this track and car, not imported, and tell no paths', async () => {
    recording('a.ibt', 'fuji mx5', 10);
    recording('b.ibt', 'fuji gt3', 20);
    recording('c.ibt', 'fuji mx5', 30);
    const stored = [{ source: 'import' as const, sourceName: 'c.ibt', date: '' }];
    const offers = offersFor(await heads(), place, stored);
    expect(offers.map(({ file }) => file)).toEqual(['a.ibt']);
    const [offer] = offers;
    if (offer === undefined) throw new Error('there is one');
    expect(offer.id).toMatch(/^[0-9a-f]{12}$/);
    expect(JSON.stringify(publicOffer(offer))).not.toContain(folder);
    expect(offersFor(await heads(), place, stored)[0]?.id).toBe(offer.id);
    expect(offersFor(await heads(), null, [])).toHaveLength(3);
  });
});
