/** What the outbox of every lap store must do, whatever it stands on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LapStoreClient } from '../lap-store.ts';
import { patientAttempts } from '../outbox.ts';
import { someFacts, someLap, someSession } from './some-laps.ts';

const at = '2026-01-01T00:05:00.000Z';
const horizon = '2026-01-01T00:15:00.000Z';
const refusal = { code: 'lap-damaged', text: 'The lap file is damaged.' };

export function outboxSuite(name: string, open: () => Promise<LapStoreClient>): void {
  describe(`the outbox ${name}`, () => {
    let store: LapStoreClient;
    beforeEach(async () => {
      store = await open();
      await store.saveSession(someSession('s1'));
    });
    afterEach(() => store.close());

    const next = () => store.nextToSend(at, horizon);
    async function drive(sessionId: string, ...laps: number[]): Promise<void> {
      for (const lap of laps) {
        await store.openLap(someLap(sessionId, lap));
        await store.settleLap(sessionId, someFacts(lap), at);
      }
    }
    async function sendAll(): Promise<string[]> {
      const sent: string[] = [];
      for (let entry = await next(); entry !== null; entry = await next()) {
        if (!entry.sessionIsSent) {
          sent.push(entry.session.id);
          await store.sessionSent(entry.session.id, entry.revision, at);
        }
        if (entry.lap === null) continue;
        sent.push(entry.lap.id);
        await store.lapSent(entry.lap.id, at);
      }
      return sent;
    }

    test('a session goes first, its laps in the order in which they were driven, each once', async () => {
      await store.importSession(
        someSession('i1'),
        [1, 2, 10, 11].map((lap) => someLap('i1', lap)),
      );
      await drive('s1', 1, 2);
      expect(await store.lastSuccessAt()).toBeNull();
      expect(await sendAll()).toEqual([
        'i1',
        'i1-0-1',
        'i1-0-2',
        'i1-0-10',
        'i1-0-11',
        's1',
        's1-0-1',
        's1-0-2',
      ]);
      expect(await sendAll()).toEqual([]);
      expect(await store.outboxCounts()).toEqual({ waiting: 0, refused: 0 });
      expect(await store.lastSuccessAt()).toBe(at);
    });

    test('a lap that is not settled does not go', async () => {
      await store.openLap(someLap('s1', 1));
      expect(await next()).toBeNull();
    });

    test('a session that changed is sent again, also without a lap; one that is stored as it was is not', async () => {
      await drive('s1', 1);
      await sendAll();
      await store.saveSession(someSession('s1'));
      expect(await next()).toBeNull();
      await store.saveSession(someSession('s1', { trackLengthM: 4000 }));
      expect(await next()).toMatchObject({
        sessionIsSent: false,
        lap: null,
        session: { trackLengthM: 4000 },
      });
      expect(await sendAll()).toEqual(['s1']);
    });

    test('what changed while it was being sent is sent after it', async () => {
      await drive('s1', 1);
      const first = await next();
      await store.saveSession(someSession('s1', { carName: 'renamed' }));
      await store.sessionSent('s1', first?.revision ?? 0, at);
      expect(await next()).toMatchObject({ sessionIsSent: false, session: { carName: 'renamed' } });
    });

    test('a refused lap is kept with its reason and does not hold back those after it', async () => {
      await drive('s1', 1, 2);
      await store.lapRefused('s1-0-1', refusal);
      expect(await next()).toMatchObject({ lap: { id: 's1-0-2' } });
      expect(await store.outboxCounts()).toEqual({ waiting: 1, refused: 1 });
      expect(await store.outboxLaps('refused', 10)).toMatchObject([
        { lapId: 's1-0-1', state: 'refused', refusal, lap: 1, trackName: 'Fuji', lapTimeS: 100.25 },
      ]);
      expect(await store.outboxLaps('waiting', 1)).toMatchObject([{ lapId: 's1-0-2', refusal: null }]);
      expect(await store.retryRefused()).toBe(1);
      expect(await next()).toMatchObject({ lap: { id: 's1-0-1' }, attempts: 0 });
    });

    test('a lap that fails by itself waits for its time and holds back its session, until patience ends', async () => {
      await drive('s1', 1, 2);
      await store.saveSession(someSession('s2'));
      await drive('s2', 1);
      for (let attempt = 1; attempt < patientAttempts; attempt += 1)
        await store.lapFailed('s1-0-1', refusal, '2026-01-01T00:06:00.000Z');
      expect(await next()).toMatchObject({ lap: { id: 's2-0-1' } });
      expect(await store.nextAttemptAt()).toBe('2026-01-01T00:06:00.000Z');
      expect(await store.nextToSend('2026-01-01T00:06:00.000Z', horizon)).toMatchObject({
        lap: { id: 's1-0-1' },
        attempts: patientAttempts - 1,
      });
      await store.lapFailed('s1-0-1', refusal, '2026-01-01T00:06:00.000Z');
      expect(await next()).toMatchObject({ lap: { id: 's1-0-2' } });
    });

    test('a time that only a wrong clock can have set holds nothing back', async () => {
      await drive('s1', 1);
      await store.lapFailed('s1-0-1', refusal, '2027-01-01T00:00:00.000Z');
      expect(await next()).toMatchObject({ lap: { id: 's1-0-1' } });
    });

    test('a session that the server lost goes again before its next lap', async () => {
      await drive('s1', 1);
      await sendAll();
      await drive('s1', 2);
      await store.sessionMissing('s1');
      expect(await sendAll()).toEqual(['s1', 's1-0-2']);
    });

    test('a session that is refused takes its laps with it; a change of one that is there is only given up', async () => {
      await drive('s1', 1);
      await store.sessionRefused('s1', 1, refusal);
      expect(await store.outboxCounts()).toEqual({ waiting: 0, refused: 1 });
      expect(await next()).toBeNull();
      await drive('s1', 2);
      await sendAll();
      await drive('s1', 3);
      await store.saveSession(someSession('s1', { carName: 'renamed' }));
      const changed = await next();
      await store.sessionRefused('s1', changed?.revision ?? 0, refusal);
      expect(await sendAll()).toEqual(['s1-0-3']);
    });

    test('what was sent is listed in pages, and goes again as if it had never been sent', async () => {
      await drive('s1', 1, 2, 3);
      await store.saveSession(someSession('new', { storedAt: '2026-02-01T00:00:00.000Z' }));
      await drive('new', 1);
      await sendAll();
      await drive('s1', 4);
      expect(await store.sentLapIds('', '', 2)).toEqual(['new-0-1', 's1-0-1']);
      expect(await store.sentLapIds('s1-0-1', '', 10)).toEqual(['s1-0-2', 's1-0-3']);
      expect(await store.sentLapIds('', '2026-02-01T00:00:00.000Z', 10)).toEqual(['new-0-1']);
      await store.sendAgain(['s1-0-2', 'unknown'], '2026-01-01T00:00:00.000Z');
      expect(await sendAll()).toEqual(['s1', 's1-0-2', 's1-0-4']);
    });

    test('which server it is stays known', async () => {
      expect(await store.knownServer()).toBeNull();
      const server = { serverId: 'a', deviceId: 'd', version: '1', checkedAt: at };
      await store.saveKnownServer(server);
      await store.saveKnownServer({ ...server, version: '2' });
      expect(await store.knownServer()).toEqual({ ...server, version: '2' });
    });
  });
}
