/** What every lap store must do, whatever it stands on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LapStoreClient, StoredReference } from '../lap-store.ts';
import { someCorner, someFacts, someLap, someSession } from './some-laps.ts';

function someReference(
  id: string,
  lapFileSha256: string,
  over: Partial<StoredReference> = {},
): StoredReference {
  return {
    id,
    trackKey: 'iracing/fuji/gp',
    carKey: 'ferrari488gt3',
    trackName: 'Fuji',
    trackConfig: 'GP',
    carName: 'Ferrari 488 GT3',
    origin: 'manual',
    own: false,
    label: 'fast friend',
    lapTimeS: 98.5,
    lapFileSha256,
    addedAt: '2026-01-02T00:00:00.000Z',
    serverReferenceId: null,
    ...over,
  };
}

const at = '2026-01-01T00:05:00.000Z';

export function lapStoreSuite(name: string, open: () => Promise<LapStoreClient>): void {
  describe(name, () => {
    let store: LapStoreClient;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    test('a session comes back as it was stored, and is replaced without losing its laps', async () => {
      await store.saveSession(someSession('s1'));
      await store.openLap(someLap('s1', 1));
      await store.saveSession(someSession('s1', { trackLengthM: null, own: false }));
      expect(await store.sessions()).toEqual([someSession('s1', { trackLengthM: null, own: false })]);
      expect(await store.laps('s1')).toHaveLength(1);
    });

    test('a lap is open at the line and settled once its time has come', async () => {
      await store.saveSession(someSession('s1'));
      await store.openLap(someLap('s1', 1));
      expect(await store.laps('s1')).toMatchObject([
        { id: 's1-0-1', state: 'open', lapTimeS: 100.25, analysisVersion: 3 },
      ]);
      expect(await store.outbox()).toEqual([]);
      const official = someFacts(1, { lapTimeS: 100.251, officialLapTimeS: 100.251, timeSource: 'official' });
      await store.settleLap('s1', official, at);
      expect(await store.laps('s1')).toMatchObject([{ ...official, state: 'settled' }]);
      expect(await store.outbox()).toMatchObject([{ lapId: 's1-0-1', since: at, state: 'waiting' }]);
    });

    test('settling twice, or what is not there, changes nothing', async () => {
      await store.saveSession(someSession('s1'));
      await store.openLap(someLap('s1', 1));
      await store.settleLap('s1', someFacts(1), at);
      await store.settleLap('s1', someFacts(1, { lapTimeS: 1 }), 'later');
      await store.settleLap('s1', someFacts(9), at);
      expect(await store.laps('s1')).toMatchObject([{ lapTimeS: 100.25 }]);
      expect(await store.outbox()).toHaveLength(1);
    });

    test('whether a lap was driven with live instruction stays as it was at the line, and may be unknown', async () => {
      await store.saveSession(someSession('s1'));
      for (const [lap, assisted] of [true, false, null].entries()) {
        await store.openLap(someLap('s1', lap, { assisted }));
        await store.settleLap('s1', someFacts(lap, { assisted: null }), at);
      }
      expect((await store.laps('s1')).map((lap) => lap.assisted)).toEqual([true, false, null]);
    });

    test('a lap found open at start keeps its own time and says so', async () => {
      await store.saveSession(someSession('s1'));
      await store.openLap(someLap('s1', 1));
      await store.openLap(someLap('s1', 2, { officialLapTimeS: 99, lapTimeS: 99, timeSource: 'official' }));
      expect(await store.settleLeftOpen(at)).toBe(2);
      expect(await store.settleLeftOpen(at)).toBe(0);
      expect(await store.laps('s1')).toMatchObject([
        { state: 'settled', timeSource: 'interpolated', lapTimeS: 100.25, reasons: ['no-official-time'] },
        { state: 'settled', timeSource: 'official', lapTimeS: 99, reasons: [] },
      ]);
    });

    test('an incomplete lap is listed with its reasons, has no file and is nobody’s best', async () => {
      await store.saveSession(someSession('s1'));
      const incomplete = {
        complete: false,
        valid: false,
        referenceGrade: false,
        lapTimeS: null,
        reasons: ['tow'],
      };
      await store.openLap(someLap('s1', 1, incomplete));
      await store.settleLap('s1', someFacts(1, incomplete), at);
      expect(await store.laps('s1')).toMatchObject([
        { reasons: ['tow'], lapFileSha256: null, lapTimeS: null },
      ]);
      expect(await store.outbox()).toHaveLength(1);
      expect(await store.bestOwnLap('iracing/fuji/gp', 'ferrari488gt3')).toBeNull();
      const withFile = { ...someLap('s1', 3, incomplete), lapFile: Uint8Array.of(1) };
      await expect(store.openLap(withFile)).rejects.toThrow();
      expect(await store.laps('s1')).toHaveLength(1);
    });

    test('a lap whose file could not be made is kept for its time, and is no reference', async () => {
      await store.saveSession(someSession('s1'));
      await store.openLap({ ...someLap('s1', 1), lapFile: null });
      await store.settleLap('s1', someFacts(1), at);
      expect(await store.laps('s1')).toMatchObject([
        { state: 'settled', complete: true, lapFileSha256: null },
      ]);
      expect(await store.bestOwnLap('iracing/fuji/gp', 'ferrari488gt3')).toBeNull();
    });

    test('a lap that turns out not to be complete loses its file', async () => {
      await store.saveSession(someSession('s1'));
      await store.openLap(someLap('s1', 1));
      const sha256 = (await store.laps('s1'))[0]?.lapFileSha256 ?? '';
      await store.settleLap('s1', someFacts(1, { complete: false, lapTimeS: null, reasons: ['jump'] }), at);
      expect(await store.laps('s1')).toMatchObject([
        { complete: false, lapFileSha256: null, reasons: ['jump'] },
      ]);
      expect(await store.lapFile(sha256)).toBeNull();
    });

    test('a lap file comes back byte for byte, and the corners with their analysis version', async () => {
      await store.saveSession(someSession('s1'));
      await store.openLap(someLap('s1', 1));
      const [lap] = await store.laps('s1');
      expect(await store.lapFile(lap?.lapFileSha256 ?? '')).toEqual(someLap('s1', 1).lapFile);
      expect(await store.lapFile('unknown')).toBeNull();
      expect(await store.corners('s1-0-1')).toEqual({ analysisVersion: 3, corners: [someCorner] });
      expect(await store.corners('unknown')).toBeNull();
    });

    test('a lap needs its session', async () => {
      await expect(store.openLap(someLap('nowhere', 1))).rejects.toThrow();
    });

    test('a recording is imported once, whole', async () => {
      const session = someSession('rec-1', { source: 'import', contentSha256: 'abc' });
      expect(await store.importSession(session, [someLap('rec-1', 1), someLap('rec-1', 2)])).toBe(true);
      expect(await store.importSession(session, [someLap('rec-1', 3)])).toBe(false);
      expect(await store.importSession({ ...session, id: 'rec-2' }, [])).toBe(false);
      expect(await store.sessions()).toHaveLength(1);
      expect(await store.laps('rec-1')).toMatchObject([{ state: 'settled' }, { state: 'settled' }]);
      expect(await store.outbox()).toHaveLength(2);
    });

    test('two live sessions have no content and do not stand for each other', async () => {
      expect(await store.importSession(someSession('s1'), [])).toBe(true);
      expect(await store.importSession(someSession('s2'), [])).toBe(true);
    });

    test('the best own lap: settled, reference-grade, of this track, car and driver', async () => {
      await store.saveSession(someSession('s1'));
      await store.saveSession(someSession('other-car', { carKey: 'mx5' }));
      await store.saveSession(someSession('other-driver', { own: false }));
      const laps = [
        someLap('s1', 1, { lapTimeS: 101 }),
        someLap('s1', 2, { lapTimeS: 100 }),
        someLap('s1', 3, { lapTimeS: 90, referenceGrade: false }),
        someLap('other-car', 1, { lapTimeS: 80 }),
        someLap('other-driver', 1, { lapTimeS: 70 }),
      ];
      for (const lap of laps) await store.openLap(lap);
      await store.openLap(someLap('s1', 4, { lapTimeS: 60 }));
      for (const lap of laps) await store.settleLap(lap.sessionId, lap.facts, at);
      expect(await store.bestOwnLap('iracing/fuji/gp', 'ferrari488gt3')).toMatchObject({ id: 's1-0-2' });
    });

    test('references are listed, replaced and removed; their lap files go when nothing needs them', async () => {
      await store.saveSession(someSession('s1'));
      await store.openLap(someLap('s1', 1));
      const sha256 = (await store.laps('s1'))[0]?.lapFileSha256 ?? '';
      await store.saveReference(someReference('r1', sha256, { origin: 'auto' }), null);
      const bytes = Uint8Array.of(1, 2, 3);
      const ofBytes = '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81';
      await store.saveReference(someReference('r2', ofBytes), bytes);
      expect((await store.references()).map((reference) => reference.id)).toEqual(['r2', 'r1']);
      await store.saveReference(someReference('r2', ofBytes, { label: 'renamed' }), null);
      expect((await store.references())[0]?.label).toBe('renamed');
      expect(await store.removeReference('r2')).toBe(true);
      expect(await store.removeReference('r2')).toBe(false);
      expect(await store.lapFile(ofBytes)).toBeNull();
      expect(await store.removeReference('r1')).toBe(true);
      expect(await store.lapFile(sha256)).not.toBeNull();
      await expect(store.saveReference(someReference('r3', 'missing'), null)).rejects.toThrow();
    });

    test('a track model is kept by track', async () => {
      expect(await store.trackModel('t')).toBeNull();
      await store.saveTrackModel('t', '{"a":1}');
      await store.saveTrackModel('t', '{"a":2}');
      expect(await store.trackModel('t')).toBe('{"a":2}');
    });
  });
}
