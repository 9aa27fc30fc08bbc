/** What review asks of every lap store. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LapStoreClient } from '../lap-store.ts';
import { someFacts, someLap, someSession } from './some-laps.ts';

const all = { after: null, limit: 50, trackKey: null, carKey: null };
const storedAt = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();

export function sessionListSuite(name: string, open: () => Promise<LapStoreClient>): void {
  describe(`lists for review ${name}`, () => {
    let store: LapStoreClient;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    test('a session says how many laps it has, how many count, and the best of those', async () => {
      await store.saveSession(someSession('s1'));
      await store.openLap(someLap('s1', 1));
      await store.openLap(someLap('s1', 2, { lapTimeS: 99.5 }));
      await store.openLap(someLap('s1', 3, { lapTimeS: 80, valid: false, referenceGrade: false }));
      await store.openLap(
        someLap('s1', 4, { complete: false, valid: false, referenceGrade: false, lapTimeS: null }),
      );
      await store.settleLap('s1', someFacts(1), storedAt(1));
      const { contentSha256: _c, trackLengthM: _t, sampleRateHz: _r, ...shown } = someSession('s1');
      const entry = { ...shown, laps: 4, validLaps: 2, bestLapTimeS: 99.5 };
      expect(await store.sessionEntry('s1')).toEqual(entry);
      expect(await store.sessionPage(all)).toEqual([entry]);
      await store.saveSession(someSession('s2'));
      expect(await store.sessionEntry('s2')).toMatchObject({ laps: 0, validLaps: 0, bestLapTimeS: null });
      expect(await store.sessionEntry('s3')).toBeNull();
      const [first] = await store.laps('s1');
      const { lapFileSha256 } = first ?? {};
      expect(await store.lapPlace('s1-0-1')).toEqual({
        sessionId: 's1',
        lapFileSha256,
        trackKey: 'iracing/fuji/gp',
      });
      expect(await store.lapPlace('s1-0-4')).toMatchObject({ lapFileSha256: null });
      expect(await store.lapPlace('s1-0-9')).toBeNull();
    });

    test('pages go from the newest to the oldest, each session once, also where two were stored at the same time', async () => {
      const ids = ['c', 'a', 'e', 'b', 'd'];
      const minutes: Record<string, number> = { a: 1, b: 2, c: 2, d: 2, e: 3 };
      for (const id of ids)
        await store.saveSession(someSession(id, { storedAt: storedAt(minutes[id] ?? 0) }));
      const seen: string[] = [];
      let after: { storedAt: string; id: string } | null = null;
      for (;;) {
        const page = await store.sessionPage({ ...all, after, limit: 2 });
        seen.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        if (last === undefined) break;
        after = { storedAt: last.storedAt, id: last.id };
      }
      expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
    });

    test('a track and a car choose; the newest name of each stands for all', async () => {
      const spa = { trackKey: 'iracing/spa', trackName: 'Spa', trackConfig: '' };
      await store.saveSession(someSession('old', { ...spa, storedAt: storedAt(1), trackName: 'Spa-F.' }));
      await store.saveSession(someSession('spa', { ...spa, storedAt: storedAt(2) }));
      await store.saveSession(someSession('mx5', { carKey: 'mx5', carName: 'MX-5', storedAt: storedAt(3) }));
      const ids = async (query: Partial<typeof all> | { trackKey: string } | { carKey: string }) =>
        (await store.sessionPage({ ...all, ...query })).map(({ id }) => id);
      expect(await ids({ trackKey: 'iracing/spa' })).toEqual(['spa', 'old']);
      expect(await ids({ carKey: 'mx5' })).toEqual(['mx5']);
      expect(await ids({ trackKey: 'iracing/spa', carKey: 'mx5' })).toEqual([]);
      expect(await store.placesDriven()).toEqual({
        tracks: [
          { key: 'iracing/fuji/gp', name: 'Fuji, GP' },
          { key: 'iracing/spa', name: 'Spa' },
        ],
        cars: [
          { key: 'ferrari488gt3', name: 'Ferrari 488 GT3' },
          { key: 'mx5', name: 'MX-5' },
        ],
      });
    });
  });
}
