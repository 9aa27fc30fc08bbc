/**
 * Asks the server for laps that it was sent: it may have begun anew, or be one of an older backup. What is not there is sent again. Of a server, account or device that is new
 * to this machine everything is asked for; of the one that it knows the laps of the last weeks.
 */
import type { ServerIdentity } from '@racing-coach/contract/server';
import type { ServerLogin } from '../data/server-login.ts';
import type { LapStoreClient } from '../store/lap-store.ts';
import type { KnownServer } from '../store/outbox.ts';
import { type Failure, mostKnownIds, type SyncServer } from './sync-server.ts';

/** Older laps are asked for when the server is another one. */
const recentDays = 30;
const dayMs = 86_400_000;

/** Resolves to how many laps go again. Killed in the middle, it begins anew with the next start: what was asked twice changes nothing. */
export async function checkServer(
  store: LapStoreClient,
  server: SyncServer,
  login: ServerLogin,
  now: Date,
): Promise<{ kind: 'checked'; again: number } | Failure> {
  const identity = await server.identity();
  if ('kind' in identity) return identity;
  const known = await store.knownServer();
  const isSame = known?.serverId === identity.serverId && known.deviceId === login.deviceId;
  // An update may read what was refused before; another server may as well.
  if (known !== null && (!isSame || known.version !== identity.version)) await store.retryRefused();
  const since = isSame ? new Date(now.getTime() - recentDays * dayMs).toISOString() : '';
  const again = await sendMissing(store, server, since, now);
  if (typeof again !== 'number') return again;
  await store.saveKnownServer(knownServer(identity, login, now));
  return { kind: 'checked', again };
}

async function sendMissing(
  store: LapStoreClient,
  server: SyncServer,
  since: string,
  now: Date,
): Promise<number | Failure> {
  let again = 0;
  let after = '';
  for (;;) {
    const ids = await store.sentLapIds(after, since, mostKnownIds);
    const last = ids.at(-1);
    if (last === undefined) return again;
    const answer = await server.known(ids);
    if (answer.kind !== 'known') return answer;
    const there = new Set(answer.lapIds);
    const missing = ids.filter((id) => !there.has(id));
    await store.sendAgain(missing, now.toISOString());
    again += missing.length;
    after = last;
  }
}

function knownServer(
  { serverId, version }: ServerIdentity,
  { deviceId }: ServerLogin,
  now: Date,
): KnownServer {
  return { serverId, version, deviceId, checkedAt: now.toISOString() };
}
