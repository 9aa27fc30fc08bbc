import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../database/database.ts';
import { setUpTelemetry } from '../../database/telemetry/set-up-telemetry.ts';
import { insertOwned, newDriver } from '../../database/testing/test-rows.ts';
import type { ServerEvent } from '../../events/events.ts';
import { MemoryEvents } from '../../events/memory-events.ts';
import { hashPassword } from '../../identity/passwords.ts';
import { type TestApp, type TestUser, testApp } from '../../testing/test-app.ts';
import { tarOf } from './tar.ts';

const password = 'correct horse battery';
const owned = [
  'sessions',
  'laps',
  'lap_files',
  'lap_metrics',
  'reference_laps',
  'reference_files',
  'reference_ratings',
  'reference_reports',
  'jobs',
];
const heard: ServerEvent[] = [];
let app: TestApp;
let passwordHash: string;

beforeAll(async () => {
  const events = new MemoryEvents();
  events.subscribe((event) => heard.push(event));
  app = await testApp({ parts: { events } });
  passwordHash = await hashPassword(password);
  const columns = ['lap_id uuid', 'owner_id uuid', 'time timestamptz'].map((column) => {
    const [name = '', type = ''] = column.split(' ');
    return { name, type };
  });
  const telemetry = { table: 'on' as const, columns, retentionDays: null, compressAfterDays: 7 };
  await setUpTelemetry(app.database, { ...telemetry, directCompress: false });
});
afterAll(() => app.close());

async function userWithEverything(): Promise<{ user: TestUser; sessionId: string; lapId: string }> {
  const user = await app.makeUser({ passwordHash });
  const driver = { ...newDriver(), id: user.id };
  await app.database.asSystem(async (trx) => {
    for (const table of owned) await insertOwned(trx, table, driver);
    await sql`SELECT begin_frames(${driver.lapId}, now() - interval '1 hour', now() + interval '1 hour')`.execute(
      trx,
    );
    await sql`INSERT INTO telemetry_frame (lap_id, owner_id, time)
      VALUES (${driver.lapId}, ${user.id}, now())`.execute(trx);
  });
  await user.call('POST', '/api/v1/teams', { body: { name: 'Own' } });
  return { user, sessionId: driver.sessionId, lapId: driver.lapId };
}

/** The rows that hold an id anywhere, by table. */
function rowsWith(database: Database, id: string): Promise<Record<string, number>> {
  return database.asSystem(async (trx) => {
    const { rows: tables } = await sql<{ name: string }>`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`.execute(trx);
    const found: Record<string, number> = {};
    for (const { name } of tables) {
      const { rows } = await sql<{ count: number }>`
        SELECT count(*)::int AS count FROM ${sql.table(name)} AS row WHERE row::text LIKE ${`%${id}%`}`.execute(
        trx,
      );
      if (rows[0] !== undefined && rows[0].count > 0) found[name] = rows[0].count;
    }
    return found;
  });
}

/** Names and contents of a tape archive, read by the rules of POSIX. */
function filesOf(tar: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = 0;
  while (tar[at] !== 0) {
    const text = (from: number, length: number) =>
      tar.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    const sum = tar
      .subarray(at, at + 512)
      .reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
    expect(Number.parseInt(text(148, 8), 8)).toBe(sum);
    expect(text(257, 6)).toBe('ustar');
    files.set(text(0, 100), tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

test('everything about a user comes as one archive, without hashes and of him alone', async () => {
  const { user, sessionId, lapId } = await userWithEverything();
  const { user: other } = await userWithEverything();
  const reply = await user.call('GET', '/api/v1/users/me/export');
  expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-tar' } });
  const files = filesOf(reply.bytes);
  const text = (name: string) => files.get(name)?.toString() ?? '';
  expect(JSON.parse(text('account.json'))).toMatchObject({
    user: { id: user.id, email: user.email },
    tokens: [{ kind: 'session' }],
    teams: [{ name: 'Own' }],
  });
  expect(text('sessions-00001.jsonl')).toContain(sessionId);
  expect(JSON.parse(text('laps-00001.jsonl'))).toMatchObject({ id: lapId });
  expect(text(`laps/${lapId}.parquet`)).toBe('lap');
  expect([...files.keys()].filter((name) => name.startsWith('reference_laps/'))).toHaveLength(1);
  for (const list of ['reference_laps', 'reference_ratings', 'reference_reports'])
    expect(text(`${list}-00001.jsonl`)).toContain(user.id);
  const everything = reply.bytes.toString('latin1');
  for (const hidden of ['argon2', 'secret_sha256', 'upload_sha256', other.id])
    expect(everything).not.toContain(hidden);
});

test('lists longer than a file go on in the next', async () => {
  const user = await app.makeUser();
  const rows = Array.from({ length: 401 }, () => ({ ...newDriver(), id: user.id }));
  await app.database.asSystem(async (trx) => {
    for (const row of rows) await insertOwned(trx, 'sessions', row);
  });
  const files = filesOf((await user.call('GET', '/api/v1/users/me/export')).bytes);
  const lists = [...files].filter(([name]) => name.startsWith('sessions-'));
  expect(lists.map(([, bytes]) => bytes.toString().trim().split('\n').length)).toEqual([200, 200, 1]);
  const ids = lists.flatMap(([, bytes]) => bytes.toString().match(/"id":"[^"]+"/g) ?? []);
  expect(new Set(ids).size).toBe(401);
});

test('the account goes with everything of it, and who looks at lists is told', async () => {
  const { user, sessionId } = await userWithEverything();
  const { user: other } = await userWithEverything();
  const before = await rowsWith(app.database, other.id);
  const remove = (typed: string) => user.call('DELETE', '/api/v1/users/me', { body: { password: typed } });
  expect(await remove('not the password')).toMatchObject({ status: 403, json: { code: 'wrong-password' } });
  expect(Object.keys(await rowsWith(app.database, user.id)).length).toBeGreaterThan(5);
  expect((await remove(password)).status).toBe(204);
  expect(await rowsWith(app.database, user.id)).toEqual({});
  expect(await rowsWith(app.database, other.id)).toEqual(before);
  expect(heard).toContainEqual({ event: { type: 'session.removed', sessionId }, ownerId: user.id });
  expect((await user.call('GET', '/api/v1/users/me')).status).toBe(401);
});

test('ratings of whoever goes do not go on counting', async () => {
  const [owner, rater] = [await userWithEverything(), await app.makeUser({ passwordHash })];
  const reference = await app.database.asSystem(async (trx) => {
    const row = await trx
      .selectFrom('reference_laps')
      .select('id')
      .where('owner_id', '=', owner.user.id)
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('reference_ratings')
      .values({ reference_id: row.id, user_id: rater.id, stars: 3 })
      .execute();
    return row.id;
  });
  expect((await rater.call('DELETE', '/api/v1/users/me', { body: { password } })).status).toBe(204);
  const left = await app.database.asSystem((trx) =>
    trx
      .selectFrom('reference_laps')
      .select(['rating_sum', 'rating_count', 'rating_mean'])
      .where('id', '=', reference)
      .executeTakeFirst(),
  );
  expect(left).toEqual({ rating_sum: 5, rating_count: 1, rating_mean: 5 });
});

test('the last owner of a team with members stays until there is another', async () => {
  const [owner, driver] = [await app.makeUser({ passwordHash }), await app.makeUser()];
  const team = (await owner.call('POST', '/api/v1/teams', { body: { name: 'T' } })).json as { id: string };
  await app.database.asSystem((trx) =>
    trx
      .insertInto('team_members')
      .values({
        team_id: team.id,
        user_id: driver.id,
        role: 'driver',
        shares_sessions: false,
        joined_at: app.now(),
      })
      .execute(),
  );
  expect(await owner.call('DELETE', '/api/v1/users/me', { body: { password } })).toMatchObject({
    status: 409,
    json: { code: 'last-owner' },
  });
});

test('a name is changed, and one with a line break is refused', async () => {
  const user = await app.makeUser();
  const change = (name: string) => user.call('PATCH', '/api/v1/users/me', { body: { name } });
  expect(await change('  New name ')).toMatchObject({ status: 200, json: { name: 'New name' } });
  expect((await change('a\nb')).status).toBe(422);
});

test('a file of 512 bytes and an empty one keep the archive in step', async () => {
  async function* files() {
    yield { name: 'full', bytes: Buffer.alloc(512, 1) };
    yield { name: 'empty', bytes: Buffer.alloc(0) };
    yield { name: 'last', bytes: Buffer.from('x') };
  }
  const pieces: Buffer[] = [];
  for await (const piece of tarOf(files(), new Date(0))) pieces.push(piece);
  const read = filesOf(Buffer.concat(pieces));
  expect([...read].map(([name, bytes]) => [name, bytes.length])).toEqual([
    ['full', 512],
    ['empty', 0],
    ['last', 1],
  ]);
});
