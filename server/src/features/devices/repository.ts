/** Pairings: a device that waits, and the user who lets it in. */
import type { Scope } from '@racing-coach/contract/server';
import { after, minutes, seconds } from '../../clock.ts';
import type { Viewer, Work } from '../../database/database.ts';
import { newLinkSecret, sha256Of } from '../../identity/secrets.ts';
import { newId } from '../../new-id.ts';
import { newUserCode } from './user-code.ts';

export const pairingLifeMs = minutes(15);
export const firstIntervalS = 5;
/** RFC 8628, section 3.5. */
const slowDownS = 5;

export async function startPairing(
  trx: Work,
  facts: { deviceName: string; scopes: readonly Scope[] },
  now: Date,
): Promise<{ deviceCode: string; userCode: string }> {
  const [deviceCode, userCode] = [newLinkSecret(), newUserCode()];
  await trx
    .insertInto('pairings')
    .values({
      id: newId(now),
      device_code_sha256: sha256Of(deviceCode),
      user_code: userCode,
      device_name: facts.deviceName,
      scopes: [...facts.scopes],
      state: 'waiting',
      interval_s: firstIntervalS,
      created_at: now,
      expires_at: after(now, pairingLifeMs),
    })
    .execute();
  return { deviceCode, userCode };
}

export type Poll =
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'access_denied'
  | 'invalid_grant'
  | { userId: string; userName: string; deviceName: string; scopes: string[] };

/** What a device that asks is answered. An approval is given out once: of two who ask at the same time one gets it. */
export async function pollPairing(trx: Work, deviceCode: string, now: Date): Promise<Poll> {
  const row = await trx
    .selectFrom('pairings')
    .leftJoin('users', 'users.id', 'pairings.user_id')
    .select(['pairings.id', 'state', 'interval_s', 'polled_at', 'expires_at', 'device_name', 'scopes'])
    .select(['user_id', 'users.name', 'users.disabled'])
    .where('device_code_sha256', '=', sha256Of(deviceCode))
    .forUpdate('pairings')
    .executeTakeFirst();
  if (row === undefined || row.state === 'used') return 'invalid_grant';
  if (row.expires_at <= now) return 'expired_token';
  if (row.state === 'declined') return 'access_denied';
  const early = row.polled_at !== null && after(row.polled_at, seconds(row.interval_s)) > now;
  await trx
    .updateTable('pairings')
    .set({ polled_at: now, interval_s: row.interval_s + (early ? slowDownS : 0) })
    .where('id', '=', row.id)
    .execute();
  if (early) return 'slow_down';
  if (row.state === 'waiting') return 'authorization_pending';
  if (row.user_id === null || row.name === null || row.disabled !== false) return 'access_denied';
  await trx.updateTable('pairings').set({ state: 'used' }).where('id', '=', row.id).execute();
  return { userId: row.user_id, userName: row.name, deviceName: row.device_name, scopes: row.scopes };
}

export function findPairing(trx: Work, userCode: string, now: Date) {
  return trx
    .selectFrom('pairings')
    .select(['device_name', 'scopes', 'created_at'])
    .where('user_code', '=', userCode)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Whether it was waiting for an answer. */
export async function answerPairing(
  trx: Work,
  viewer: Viewer,
  answer: { userCode: string; approve: boolean },
  now: Date,
): Promise<boolean> {
  const answered = await trx
    .updateTable('pairings')
    .set({ state: answer.approve ? 'approved' : 'declined', user_id: viewer.userId })
    .where('user_code', '=', answer.userCode)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .returning('id')
    .execute();
  return answered.length > 0;
}
