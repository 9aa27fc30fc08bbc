/** The second wall: for every table that viewers may touch, foreign rows are neither read nor written, whatever a repository forgets. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database, Viewer, Work } from '../database.ts';
import { QueryError } from '../database-gone.ts';
import { insertEverything, insertOwned, lapRow, newDriver, ownedRows, referenceRow } from './test-rows.ts';

const denied = '42501';

/** Rows that a statement touched as this viewer; 0 when he may not even try. */
async function touched(database: Database, viewer: Viewer, statement: string): Promise<number> {
  try {
    return await database.asViewer(viewer, async (trx) => {
      const { numAffectedRows, rows } = await sql.raw(statement).execute(trx);
      return rows.length || Number(numAffectedRows ?? 0);
    });
  } catch (error) {
    if (error instanceof QueryError && error.code === denied) return 0;
    throw error;
  }
}

const asUser = (userId: string): Viewer => ({ userId, role: 'user' });
const everyRow = async (database: Database, table: string) =>
  await database.asSystem(
    async (trx) => (await sql.raw(`SELECT * FROM ${table} ORDER BY 1`).execute(trx)).rows,
  );

export function wallsSuite(database: () => Database): void {
  const anna = newDriver();
  const bert = newDriver();

  beforeAll(async () => {
    await database().asSystem(async (trx) => {
      await insertEverything(trx, anna, `anna-${anna.id}`);
      await insertEverything(trx, bert, `bert-${bert.id}`);
    });
  });

  test('every table either has row-level security, with rows in this suite, or nothing for viewers', async () => {
    const { rows } = await database().asSystem((trx) =>
      sql<{ name: string; secured: boolean; granted: boolean }>`
        SELECT relname AS name, relrowsecurity AS secured,
          has_table_privilege('racing_coach_viewer', oid, 'SELECT, INSERT, UPDATE, DELETE') AS granted
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`.execute(trx),
    );
    const secured = rows.filter((table) => table.secured).map(({ name }) => name);
    // Rows of `usage` come and go with laps; a viewer may only read his own.
    expect(secured.filter((name) => name !== 'usage' && name !== 'removed_laps').sort()).toEqual(
      Object.keys(ownedRows).sort(),
    );
    expect(rows.filter((table) => table.granted && !table.secured)).toEqual([]);
  });

  test('usage: one’s own is read, and nobody changes any', async () => {
    const viewer = asUser(bert.id);
    expect(await touched(database(), viewer, 'SELECT * FROM usage')).toBe(1);
    for (const statement of ['UPDATE usage SET laps = 0', 'DELETE FROM usage'])
      expect(await touched(database(), viewer, statement)).toBe(0);
  });

  test.each(Object.keys(ownedRows))(
    '%s: foreign rows are not read, changed, deleted or made',
    async (table) => {
      const before = await everyRow(database(), table);
      const foreign = (owner: string) => {
        const ids = [anna.id, anna.sessionId, anna.lapId, anna.referenceId].map((id) => `'${id}'`).join(', ');
        return `${owner} IN (${ids})`;
      };
      const key = table.endsWith('_files') || table.endsWith('_metrics') || table.endsWith('_ratings');
      const column = key ? (table.startsWith('lap') ? 'lap_id' : 'reference_id') : 'id';
      const viewer = asUser(bert.id);
      expect(await touched(database(), viewer, `SELECT * FROM ${table} WHERE ${foreign(column)}`)).toBe(0);
      const change = `UPDATE ${table} SET ${column} = ${column} WHERE ${foreign(column)}`;
      expect(await touched(database(), viewer, change)).toBe(0);
      expect(await touched(database(), viewer, `DELETE FROM ${table} WHERE ${foreign(column)}`)).toBe(0);
      const made = database().asViewer(viewer, (trx) =>
        insertOwned(trx, table, { ...anna, ...fresh(table) }),
      );
      await expect(made).rejects.toMatchObject({ code: denied });
      expect(await everyRow(database(), table)).toEqual(before);
    },
  );

  test('own rows are read and made', async () => {
    const own = { ...newDriver(), id: bert.id };
    await database().asViewer(asUser(bert.id), async (trx) => {
      for (const table of Object.keys(ownedRows)) await insertOwned(trx, table, own);
    });
    const read = (table: string) => touched(database(), asUser(bert.id), `SELECT * FROM ${table}`);
    for (const table of Object.keys(ownedRows).filter((name) => name !== 'jobs'))
      expect([table, await read(table)]).toEqual([table, 2]);
    expect(await read('jobs')).toBe(0);
  });

  test('an own lap does not go into a foreign session, nor an own reference come from a foreign lap', async () => {
    const refused = (work: (trx: Work) => Promise<unknown>) =>
      expect(database().asViewer(asUser(bert.id), work)).rejects.toMatchObject({ code: denied });
    const lap = { ...lapRow({ ...newDriver(), id: bert.id, sessionId: anna.sessionId }) };
    await refused((trx) => trx.insertInto('laps').values(lap).execute());
    await refused((trx) =>
      trx.updateTable('laps').set({ session_id: anna.sessionId }).where('id', '=', bert.lapId).execute(),
    );
    const reference = referenceRow({ ...newDriver(), id: bert.id, lapId: anna.lapId });
    await refused((trx) => trx.insertInto('reference_laps').values(reference).execute());
    await refused((trx) => trx.updateTable('sessions').set({ owner_id: anna.id }).execute());
  });

  test('who is in no team sees nothing shared; a member sees what is shared and changes nothing', async () => {
    const teamId = randomUUID();
    const coach = newDriver();
    await database().asSystem(async (trx) => {
      await insertEverything(trx, coach, `coach-${coach.id}`);
      await trx.insertInto('teams').values({ id: teamId, name: 'T', created_at: new Date() }).execute();
      const member = { team_id: teamId, joined_at: new Date() };
      await trx
        .insertInto('team_members')
        .values([
          { ...member, user_id: anna.id, role: 'driver', shares_sessions: true },
          { ...member, user_id: coach.id, role: 'coach', shares_sessions: false },
        ])
        .execute();
      await trx
        .updateTable('sessions')
        .set({ visibility: 'team' })
        .where('owner_id', 'in', [anna.id, coach.id])
        .execute();
    });
    const sees = async (who: string, lapId: string) => {
      const tables = [`laps WHERE id = '${lapId}'`, `lap_files WHERE lap_id = '${lapId}'`];
      const counts = await Promise.all(
        tables.map((from) => touched(database(), asUser(who), `SELECT * FROM ${from}`)),
      );
      return counts.every((count) => count === 1);
    };
    expect(await sees(coach.id, anna.lapId)).toBe(true);
    expect(await sees(bert.id, anna.lapId)).toBe(false);
    // The coach shares nothing with the team.
    expect(await sees(anna.id, coach.lapId)).toBe(false);
    const change = `UPDATE laps SET stint = 9 WHERE id = '${anna.lapId}'`;
    expect(await touched(database(), asUser(coach.id), change)).toBe(0);
    expect(await touched(database(), asUser(coach.id), `DELETE FROM lap_files`)).toBe(0);
  });

  test('secrets are out of reach: of users there are names, of the rest nothing', async () => {
    for (const table of ['tokens', 'links', 'pairings', 'failures', 'team_members', 'migrations', 'users'])
      await expect(
        database().asViewer(asUser(anna.id), (trx) => sql.raw(`SELECT * FROM ${table}`).execute(trx)),
      ).rejects.toMatchObject({ code: denied });
    expect(await touched(database(), asUser(anna.id), 'SELECT id, name FROM users')).toBeGreaterThan(1);
  });

  test('the role ends with its transaction', async () => {
    await database().asViewer(asUser(anna.id), async () => undefined);
    const { rows } = await database().asSystem((trx) =>
      sql<{
        viewer: string | null;
      }>`SELECT viewer_id() AS viewer, current_user AS name FROM users LIMIT 1`.execute(trx),
    );
    expect(rows[0]?.viewer).toBeNull();
  });
}

/** Where the row's own key would clash with the one that is there, the clash would hide the wall. */
const fresh = (table: string) => {
  if (table === 'sessions') return { sessionId: randomUUID() };
  if (table === 'laps') return { lapId: randomUUID() };
  return table === 'reference_laps' ? { referenceId: randomUUID() } : {};
};
