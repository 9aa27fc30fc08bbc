/**
 * Everything about a user as files: documents as JSON, lists as JSON lines of 200 rows a file, laps as the files that were uploaded. No hash and no
 * secret is in it. Each page is read when the one before has left.
 */
import { type ReferenceExpression, sql } from 'kysely';
import type { Database, Viewer, Work } from '../../database/database.ts';
import type { Tables } from '../../database/tables.ts';
import type { TarFile } from './tar.ts';

const rowsOfAFile = 200;

/** What is exported of which table, and the column that says whose it is. */
const lists = [
  ['sessions', 'owner_id', 'id'],
  ['laps', 'owner_id', 'id'],
  ['reference_laps', 'owner_id', 'id'],
  ['reference_ratings', 'user_id', 'reference_id'],
  ['reference_reports', 'user_id', 'id'],
] as const;

export async function* exportFiles(database: Database, viewer: Viewer): AsyncGenerator<TarFile> {
  yield jsonFile('account.json', await database.asSystem((trx) => account(trx, viewer)));
  for (const [table, ownerColumn, idColumn] of lists) {
    let number = 1;
    for await (const rows of pages(database, viewer, { table, ownerColumn, idColumn })) {
      yield { name: `${table}-${String(number).padStart(5, '0')}.jsonl`, bytes: lines(rows) };
      number += 1;
      if (table === 'laps' || table === 'reference_laps') yield* lapFiles(database, viewer, table, rows);
    }
  }
}

type Row = Record<string, unknown> & { id?: unknown };

const jsonFile = (name: string, value: unknown): TarFile => ({
  name,
  bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`),
});
/** Byte columns are hashes of what stands beside them. */
const lines = (rows: Row[]) =>
  Buffer.from(
    rows
      .map((row) => `${JSON.stringify(row, (_key, value) => (isBytes(value) ? undefined : value))}\n`)
      .join(''),
  );
const isBytes = (value: unknown) =>
  value !== null && typeof value === 'object' && 'type' in value && value.type === 'Buffer';

async function account(trx: Work, { userId }: Viewer) {
  const user = await trx
    .selectFrom('users')
    .select(['id', 'email', 'name', 'role', 'created_at', 'last_seen_at'])
    .where('id', '=', userId)
    .executeTakeFirst();
  const tokens = await trx
    .selectFrom('tokens')
    .select(['id', 'kind', 'name', 'prefix', 'scopes', 'created_at', 'last_used_at', 'expires_at'])
    .where('user_id', '=', userId)
    .execute();
  const teams = await trx
    .selectFrom('team_members')
    .innerJoin('teams', 'teams.id', 'team_members.team_id')
    .select(['teams.id', 'teams.name', 'role', 'shares_sessions', 'joined_at'])
    .where('user_id', '=', userId)
    .execute();
  return { user, tokens, teams };
}

interface List {
  table: (typeof lists)[number][0];
  ownerColumn: string;
  idColumn: string;
}

async function* pages(database: Database, viewer: Viewer, list: List): AsyncGenerator<Row[]> {
  const { table, ownerColumn, idColumn } = list;
  const column = idColumn as ReferenceExpression<Tables, typeof table>;
  let last: string | null = null;
  for (;;) {
    const after: string | null = last;
    const rows = (await database.asViewer(viewer, (trx) =>
      trx
        .selectFrom(table)
        .selectAll()
        .where(sql.ref(ownerColumn), '=', viewer.userId)
        .$if(after !== null, (query) => query.where(sql.ref(idColumn), '>', after))
        .orderBy(column)
        .limit(rowsOfAFile)
        .execute(),
    )) as Row[];
    if (rows.length > 0) yield rows;
    if (rows.length < rowsOfAFile) return;
    last = String(rows.at(-1)?.[idColumn]);
  }
}

async function* lapFiles(
  database: Database,
  viewer: Viewer,
  table: 'laps' | 'reference_laps',
  rows: Row[],
): AsyncGenerator<TarFile> {
  for (const { id } of rows) {
    const file = await database.asViewer(viewer, (trx) =>
      table === 'laps'
        ? trx.selectFrom('lap_files').select('data').where('lap_id', '=', String(id)).executeTakeFirst()
        : trx
            .selectFrom('reference_files')
            .select('data')
            .where('reference_id', '=', String(id))
            .executeTakeFirst(),
    );
    if (file !== undefined) yield { name: `${table}/${String(id)}.parquet`, bytes: file.data };
  }
}
