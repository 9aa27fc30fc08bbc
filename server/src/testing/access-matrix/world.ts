/** Everybody who may call, and things of theirs to call about. Made anew for each call, as many calls destroy something. */

import type { Scope } from '@racing-coach/contract/server';
import { after, days, minutes } from '../../clock.ts';
import { insertOwned, newDriver } from '../../database/testing/test-rows.ts';
import { makeLink } from '../../identity/links.ts';
import { sessionCookieName } from '../../identity/session-cookie.ts';
import { newId } from '../../new-id.ts';
import type { Call, TestApp, TestUser } from '../test-app.ts';

/** Who is signed in, in a browser. `stranger` shares nothing with the others; `owner`, `coach` and `driver` are of one team. */
export const signedInActors = ['stranger', 'driver', 'coach', 'owner', 'admin'] as const;
export type SignedInActor = (typeof signedInActors)[number];

export interface World {
  users: Record<SignedInActor, TestUser>;
  teamId: string;
  invitationId: string;
  linkId: string;
  jobId: string;
  /** Of the driver, shared with the team. */
  sessionId: string;
  lapId: string;
  referenceId: string;
  /** Of the driver. */
  tokenId: string;
  deviceId: string;
  /** A device that waits. */
  userCode: string;
  callAs: {
    disabled(): Promise<Call>;
    revoked(scopes: Scope[]): Promise<Call>;
    expired(scopes: Scope[]): Promise<Call>;
    /** A personal token of the driver. */
    token(scopes: Scope[]): Promise<Call>;
  };
}

export async function makeWorld(app: TestApp): Promise<World> {
  const users = {} as Record<SignedInActor, TestUser>;
  for (const actor of signedInActors)
    users[actor] = await app.makeUser({ name: actor, role: actor === 'admin' ? 'admin' : 'user' });
  const { driver, owner } = users;
  const [teamId, jobId] = [newId(), newId()];
  const now = app.now();
  const links = await app.database.asSystem(async (trx) => {
    await trx.insertInto('teams').values({ id: teamId, name: 'Crew', created_at: now }).execute();
    for (const role of ['owner', 'coach', 'driver'] as const)
      await trx
        .insertInto('team_members')
        .values({ team_id: teamId, user_id: users[role].id, role, shares_sessions: true, joined_at: now })
        .execute();
    await trx
      .insertInto('jobs')
      .values({ id: jobId, kind: 'make-metrics', created_at: now, run_after: now, failed: true })
      .execute();
    const invitation = { kind: 'team', teamId, role: 'driver', createdBy: owner.id } as const;
    return {
      invitation: await makeLink(trx, invitation, now),
      signUp: await makeLink(trx, { kind: 'sign-up', role: 'user', createdBy: users.admin.id }, now),
    };
  });
  const shared = await sharedLap(app, driver.id, teamId);
  const userCode = await waitingDevice(app);
  await driver.callWith('laps:read');
  await app.makeToken(driver.id, { kind: 'device', scopes: ['laps:write'] });
  const tokens = await app.database.asSystem((trx) =>
    trx.selectFrom('tokens').select(['id', 'kind']).where('user_id', '=', driver.id).execute(),
  );
  const idOf = (kind: string) => tokens.find((token) => token.kind === kind)?.id ?? '';
  return {
    users,
    teamId,
    invitationId: links.invitation.id,
    linkId: links.signUp.id,
    jobId,
    ...shared,
    tokenId: idOf('personal'),
    deviceId: idOf('device'),
    userCode,
    callAs: outsiders(app, driver),
  };
}

/** A session with a lap and a reference made of it, which the driver shows to his team. */
async function sharedLap(app: TestApp, ownerId: string, teamId: string) {
  const row = { ...newDriver(), id: ownerId };
  await app.database.asSystem(async (trx) => {
    const tables = ['sessions', 'laps', 'lap_files', 'reference_laps', 'reference_files'];
    for (const table of tables) await insertOwned(trx, table, row);
    await trx.updateTable('sessions').set({ visibility: 'team' }).where('id', '=', row.sessionId).execute();
    await trx
      .updateTable('laps')
      .set({ lap_file_sha256: 'a'.repeat(64), lap_file_bytes: 3, own_lap_time_s: 90, wet: false })
      .where('id', '=', row.lapId)
      .execute();
    await trx
      .updateTable('reference_laps')
      .set({ visibility: 'team', team_id: teamId, sha256: 'a'.repeat(64) })
      .where('id', '=', row.referenceId)
      .execute();
  });
  return { sessionId: row.sessionId, lapId: row.lapId, referenceId: row.referenceId };
}

async function waitingDevice(app: TestApp): Promise<string> {
  const userCode = Array.from(
    { length: 8 },
    () => 'BCDFGHJKLMNPQRSTVWXZ'[Math.floor(Math.random() * 20)],
  ).join('');
  const now = app.now();
  await app.database.asSystem((trx) =>
    trx
      .insertInto('pairings')
      .values({
        id: newId(),
        device_code_sha256: Buffer.from(userCode),
        user_code: userCode,
        device_name: 'Rig',
        scopes: ['laps:write'],
        state: 'waiting',
        interval_s: 5,
        created_at: now,
        expires_at: after(now, minutes(15)),
      })
      .execute(),
  );
  return userCode;
}

/** Those who were let in once and are not any more. */
function outsiders(app: TestApp, driver: TestUser): World['callAs'] {
  const bearer = (token: string) => app.callWithHeaders({ authorization: `Bearer ${token}` });
  const personal = (scopes: Scope[], expiresAt: Date | null = null) =>
    app.makeToken(driver.id, { kind: 'personal', scopes, expiresAt });
  return {
    token: async (scopes) => bearer(await personal(scopes)),
    expired: async (scopes) => bearer(await personal(scopes, after(app.now(), -days(1)))),
    revoked: async (scopes) => {
      const token = await personal(scopes);
      await app.database.asSystem((trx) =>
        trx.deleteFrom('tokens').where('prefix', '=', token.slice(0, 11)).execute(),
      );
      return bearer(token);
    },
    disabled: async () => {
      const user = await app.makeUser();
      const session = await app.makeToken(user.id, { kind: 'session' });
      await app.database.asSystem((trx) =>
        trx.updateTable('users').set({ disabled: true }).where('id', '=', user.id).execute(),
      );
      return app.callWithHeaders({ cookie: `${sessionCookieName}=${session}` });
    },
  };
}
