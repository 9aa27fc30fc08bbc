/** What an admin sees: sums, never anybody's laps. */
import { sql } from 'kysely';
import type { Work } from '../../database/database.ts';

const accounts = (trx: Work) =>
  trx
    .selectFrom('users')
    .select(['id', 'email', 'name', 'role', 'created_at', 'disabled', 'last_seen_at'])
    .select((is) => [
      is
        .selectFrom('sessions')
        .whereRef('owner_id', '=', 'users.id')
        .select((sum) => sum.fn.coalesce(sum.fn.sum<number>('laps'), sql.lit(0)).as('laps'))
        .as('laps'),
      is
        .selectFrom('laps')
        .whereRef('owner_id', '=', 'users.id')
        .select((sum) => sum.fn.coalesce(sum.fn.sum<number>('lap_file_bytes'), sql.lit(0)).as('bytes'))
        .as('bytes'),
    ]);

export type AccountRow = Awaited<ReturnType<typeof listAccounts>>[number];

export interface AccountPage {
  limit: number;
  before: string | null;
  search: string | undefined;
  disabled: boolean | undefined;
}

export function listAccounts(trx: Work, page: AccountPage) {
  const pattern = `%${(page.search ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  return accounts(trx)
    .$if(page.before !== null, (query) => query.where('id', '<', page.before ?? ''))
    .$if(page.disabled !== undefined, (query) => query.where('disabled', '=', page.disabled ?? false))
    .$if(page.search !== undefined, (query) =>
      query.where((is) => is.or([is('name', 'ilike', pattern), is('email', 'ilike', pattern)])),
    )
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
}

export const findAccountRow = (trx: Work, id: string): Promise<AccountRow | undefined> =>
  accounts(trx).where('id', '=', id).executeTakeFirst();

/** Whoever is disabled is signed out everywhere; when he is enabled again his devices and tokens are good again. */
export async function changeAccount(
  trx: Work,
  id: string,
  change: { role?: 'admin' | 'user' | undefined; disabled?: boolean | undefined },
): Promise<void> {
  const { role, disabled } = change;
  await trx
    .updateTable('users')
    .set({ ...(role === undefined ? {} : { role }), ...(disabled === undefined ? {} : { disabled }) })
    .where('id', '=', id)
    .execute();
  if (disabled === true)
    await trx.deleteFrom('tokens').where('user_id', '=', id).where('kind', '=', 'session').execute();
}

export function listSignUpLinks(trx: Work, page: { limit: number; before: string | null; now: Date }) {
  return trx
    .selectFrom('links')
    .select(['id', 'role', 'created_at', 'expires_at'])
    .where('kind', '=', 'sign-up')
    .where('used_at', 'is', null)
    .where('expires_at', '>', page.now)
    .$if(page.before !== null, (query) => query.where('id', '<', page.before ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
}

export async function deleteSignUpLink(trx: Work, id: string): Promise<boolean> {
  const gone = await trx
    .deleteFrom('links')
    .where('id', '=', id)
    .where('kind', '=', 'sign-up')
    .returning('id')
    .execute();
  return gone.length > 0;
}

export type JobState = 'waiting' | 'running' | 'failed';

export async function listJobs(
  trx: Work,
  page: { limit: number; before: string | null; state: JobState | undefined; now: Date },
) {
  const rows = await trx
    .selectFrom('jobs')
    .select(['id', 'kind', 'attempts', 'created_at', 'run_after', 'leased_until', 'failed', 'problem'])
    .$if(page.state === 'failed', (query) => query.where('failed', '=', true))
    .$if(page.state === 'running', (query) =>
      query.where('failed', '=', false).where('leased_until', '>', page.now),
    )
    .$if(page.state === 'waiting', (query) =>
      query
        .where('failed', '=', false)
        .where((is) => is.or([is('leased_until', 'is', null), is('leased_until', '<=', page.now)])),
    )
    .$if(page.before !== null, (query) => query.where('id', '<', page.before ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map((row) => ({ ...row, state: stateOf(row, page.now) }));
}

function stateOf(row: { failed: boolean; leased_until: Date | null }, now: Date): JobState {
  if (row.failed) return 'failed';
  return row.leased_until !== null && row.leased_until > now ? 'running' : 'waiting';
}

/** A job that failed for good is tried again. Whether there was one. */
export async function retryJob(trx: Work, id: string, now: Date): Promise<boolean> {
  const again = await trx
    .updateTable('jobs')
    .set({ failed: false, attempts: 0, run_after: now, leased_until: null })
    .where('id', '=', id)
    .where('failed', '=', true)
    .returning('id')
    .execute();
  return again.length > 0;
}

/** Sums over the sessions, which count their laps: nothing here reads every lap but the sum of bytes. */
export async function readSums(trx: Work, now: Date) {
  const { rows } = await sql<Record<string, number>>`SELECT
    (SELECT count(*) FROM users) AS users,
    (SELECT count(*) FROM sessions) AS sessions,
    (SELECT coalesce(sum(laps), 0) FROM sessions) AS laps,
    (SELECT coalesce(sum(lap_file_bytes), 0) FROM laps) AS lap_file_bytes,
    (SELECT count(*) FROM jobs WHERE failed) AS failed,
    (SELECT count(*) FROM jobs WHERE NOT failed AND leased_until > ${now}) AS running,
    (SELECT count(*) FROM jobs WHERE NOT failed AND (leased_until IS NULL OR leased_until <= ${now})) AS waiting,
    pg_database_size(current_database()) AS bytes`.execute(trx);
  const of = (name: string) => Number(rows[0]?.[name] ?? 0);
  return {
    users: of('users'),
    sessions: of('sessions'),
    laps: of('laps'),
    lapFileBytes: of('lap_file_bytes'),
    jobs: { waiting: of('waiting'), running: of('running'), failed: of('failed') },
    bytes: of('bytes'),
  };
}
