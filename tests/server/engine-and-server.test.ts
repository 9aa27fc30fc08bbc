/** The engine's side against the real application: pairing, sending the laps of a recording, and references that come back. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncState } from '@racing-coach/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DataDir } from '../../engine/src/data/data-dir.ts';
import { keepServerLogin, readServerLogin } from '../../engine/src/data/server-login.ts';
import { importRecording } from '../../engine/src/library/importer.ts';
import { ReferenceLibrary } from '../../engine/src/library/reference-library.ts';
import { loadNative, type NativeAddon } from '../../engine/src/native.ts';
import { MemoryLapStore } from '../../engine/src/store/memory-lap-store.ts';
import { promised } from '../../engine/src/store/testing/promised-store.ts';
import { fetchReference, updateFetched } from '../../engine/src/sync/fetch-reference.ts';
import { pairDevice } from '../../engine/src/sync/pair-device.ts';
import { makeSync } from '../../engine/src/sync/real-sync.ts';
import { revokeToken } from '../../engine/src/sync/revoke-token.ts';
import { ServerReferences } from '../../engine/src/sync/server-references.ts';
import { ServerRequests } from '../../engine/src/sync/server-requests.ts';
import { openAnalysis } from '../../server/src/analysis/open-analysis.ts';
import { type TestApp, type TestUser, testApp } from '../../server/src/testing/test-app.ts';
import { root, runCoach } from '../engine/racing-coach.ts';

const recording = join(root, 'reference-laps', 'demo-session.ibt');
const stopped = new AbortController().signal;

let app: TestApp;
let url: string;
let ada: TestUser;
let native: NativeAddon;
let dataDir: DataDir;
let library: ReferenceLibrary;
let referenceId: string;

beforeAll(async () => {
  native = await loadNative();
  app = await testApp({ config: { publicUrl: null }, parts: { analysis: await openAnalysis() } });
  await app.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.app.server.address() as AddressInfo).port}`;
  ada = await app.makeUser({ name: 'Ada' });
  dataDir = new DataDir(mkdtempSync(join(tmpdir(), 'racing-coach-real-')), {});
  library = new ReferenceLibrary(promised(new MemoryLapStore()));
}, 60_000);
afterAll(async () => {
  await app.close();
  rmSync(dataDir.path, { recursive: true, force: true });
});

/** The person types the code at the second look; the engine asks too early once. */
async function pair(approve: boolean, early: boolean) {
  let looks = 0;
  let userCode = '';
  return pairDevice({
    requests: new ServerRequests({ url, token: null, stopped, now: () => new Date() }),
    deviceName: 'rig',
    show: (started) => {
      userCode = started.userCode;
    },
    wait: async (ms) => {
      looks += 1;
      app.wait(early && looks === 2 ? 100 : ms);
      if (looks === 3) await ada.call('POST', `/api/v1/devices/pairings/${userCode}`, { body: { approve } });
    },
    nowMs: () => app.now().getTime(),
  });
}

test('pairing: waits, slows down when told to, and gets a token for laps and references', async () => {
  const paired = await pair(true, true);
  expect(paired).toMatchObject({ userName: 'Ada', scopes: ['laps:write', 'references:read'] });
  keepServerLogin(dataDir, {
    url,
    token: paired.token,
    deviceId: paired.deviceId,
    userName: paired.userName,
  });
});

test('a pairing that was declined says so', async () => {
  await expect(pair(false, false)).rejects.toMatchObject({ code: 'pairing-declined' });
});

test('every lap of a recording arrives as it is stored, those that do not count with their reasons', async () => {
  await importRecording(recording, library, native, new Date('2026-11-20T10:00:00Z'));
  const state = await new Promise<SyncState>((resolve) => {
    const changed = (now: SyncState) => {
      if (now.state !== 'sending') void service.close().then(() => resolve(now));
    };
    const service = makeSync({ store: library.store, dataDir, maySend: () => true, changed });
    service.start();
  });
  expect(state).toMatchObject({ state: 'idle', waiting: 0, refused: 0, user: 'Ada' });
  const [session] = await library.store.sessions();
  const laps = await library.store.laps(session?.id ?? '');
  const there = (await ada.call('GET', '/api/v1/laps?limit=100')).json as {
    items: {
      clientId: string;
      lapFileSha256: string | null;
      reasons: string[];
      id: string;
      referenceGrade: boolean;
    }[];
  };
  const named = (id: string, sha256: string | null, reasons: string[]) => ({ id, sha256, reasons });
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(there.items.map((lap) => named(lap.clientId, lap.lapFileSha256, lap.reasons)).sort(byId)).toEqual(
    laps.map((lap) => named(lap.id, lap.lapFileSha256, lap.reasons)).sort(byId),
  );
  const good = there.items.find((lap) => lap.referenceGrade);
  const body = { lapId: good?.id, label: 'Ada’s best', visibility: 'public' };
  const shared = await ada.call('POST', '/api/v1/references', { body });
  expect(shared.status).toBeLessThan(300);
  referenceId = (shared.json as { id: string }).id;
});

test('a shared lap is listed, fetched byte for byte, and brought up to date', async () => {
  const references = ServerReferences.of(dataDir, stopped);
  if (references === null) throw new Error('nobody is signed in');
  const mine = new ReferenceLibrary(promised(new MemoryLapStore()));
  const parts = { references, library: mine, native };
  const [shared] = await references.list({});
  expect(shared).toMatchObject({ id: referenceId, label: 'Ada’s best' });
  const stored = await fetchReference(referenceId, parts, new Date());
  expect(stored).toMatchObject({ origin: 'manual', own: false, serverReferenceId: referenceId });
  expect(stored.lapFileSha256).toBe(shared?.sha256);
  expect(await mine.best(stored.trackKey, stored.carKey)).toEqual(stored);
  expect(await updateFetched(parts, new Date())).toEqual([]);
  const older = readFileSync(join(root, 'reference-laps', 'demo-reference.parquet'));
  await mine.addFetched(
    {
      session: { ...stored, track: { name: 'T', config: '', lengthM: null }, car: { name: 'C' } },
      lapTimeS: 1,
      lapFile: older,
      label: 'older',
    } as never,
    referenceId,
    new Date(),
  );
  expect(await updateFetched(parts, new Date())).toMatchObject([
    { id: stored.id, lapFileSha256: shared?.sha256 },
  ]);
  expect(await mine.list()).toHaveLength(1);
});

test('what is not there, and a file that is not what was promised, do not get into the library', async () => {
  const references = ServerReferences.of(dataDir, stopped);
  if (references === null) throw new Error('nobody is signed in');
  const mine = new ReferenceLibrary(promised(new MemoryLapStore()));
  const nowhere = '01900000-0000-7000-8000-000000000000';
  const fetched = fetchReference(nowhere, { references, library: mine, native }, new Date());
  await expect(fetched).rejects.toMatchObject({ code: 'server-reference-not-found' });
  const shared = await references.find(referenceId);
  const lying = (file: Uint8Array, sha256: string) =>
    ({ find: async () => ({ ...shared, sha256 }), file: async () => file }) as unknown as ServerReferences;
  const junk = new TextEncoder().encode('no lap file');
  const junkSha256 = createHash('sha256').update(junk).digest('hex');
  for (const parts of [lying(junk, shared?.sha256 ?? ''), lying(junk, junkSha256)])
    await expect(
      fetchReference(referenceId, { references: parts, library: mine, native }, new Date()),
    ).rejects.toMatchObject({ code: 'server-reference-bad' });
  expect(await mine.list()).toEqual([]);
});

test('the commands: reference list --server, fetch, update', { timeout: 60_000 }, async () => {
  const list = await runCoach(['reference', 'list', '--server', '--json'], dataDir.path);
  expect(JSON.parse(list.out).references).toMatchObject([{ id: referenceId, driver: 'Ada', fetched: false }]);
  const fetched = await runCoach(['reference', 'fetch', referenceId, '--json'], dataDir.path);
  expect(fetched.status).toBe(0);
  const again = await runCoach(['reference', 'list', '--server'], dataDir.path);
  expect(again.out).toContain('(fetched)');
  expect(await runCoach(['reference', 'update'], dataDir.path)).toMatchObject({ status: 0 });
  const shown = await runCoach(['reference', 'show', JSON.parse(fetched.out).id], dataDir.path);
  expect(shown.out).toContain('Ada’s best (Ada)');
});

test('the token is taken back by the device itself', async () => {
  const login = readServerLogin(dataDir);
  if (login === null) throw new Error('nobody is signed in');
  expect(await revokeToken(login, stopped)).toBeNull();
  const references = ServerReferences.of(dataDir, stopped);
  await expect(references?.list({})).rejects.toMatchObject({ code: 'server-unreachable' });
});
