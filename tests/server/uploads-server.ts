/**
 * The server as a process that can be killed: the real application over a real database, with one user whose token is given, reading and timing every
 * lap file. Its one argument is a {@link ServerOrder} as JSON; it says where it listens.
 */
import type { AddressInfo } from 'node:net';
import { openAnalysis } from '../../server/src/analysis/open-analysis.ts';
import { buildApp } from '../../server/src/app.ts';
import { MemoryCache } from '../../server/src/cache/memory-cache.ts';
import type { Database } from '../../server/src/database/database.ts';
import { migrate } from '../../server/src/database/migrations/migrate.ts';
import { openPglite } from '../../server/src/database/pglite/open-pglite.ts';
import { openPostgres } from '../../server/src/database/postgres/open-postgres.ts';
import { MemoryEvents } from '../../server/src/events/memory-events.ts';
import { sha256Of } from '../../server/src/identity/secrets.ts';
import { newId } from '../../server/src/new-id.ts';
import { testConfig } from '../../server/src/testing/test-app.ts';

export interface ServerOrder {
  /** `postgres://…`, or the directory of an embedded database. */
  database: string;
  preparedDump: string | null;
  /** 0: any. */
  port: number;
  token: string;
}

const order = JSON.parse(process.argv[2] ?? '') as ServerOrder;

async function open({ database, preparedDump }: ServerOrder): Promise<Database> {
  if (database.startsWith('postgres')) return openPostgres({ url: database, poolSize: 4 });
  return openPglite({ directory: database, ...(preparedDump === null ? {} : { preparedDump }) });
}

async function ensureUser(database: Database, token: string): Promise<void> {
  await database.asSystem(async (trx) => {
    if ((await trx.selectFrom('users').select('id').executeTakeFirst()) !== undefined) return;
    const [id, now] = [newId(), new Date()];
    const user = {
      id,
      email: 'ada@test.example',
      name: 'Ada',
      role: 'user' as const,
      password_hash: '!',
      created_at: now,
    };
    await trx.insertInto('users').values(user).execute();
    const secret = { prefix: token.slice(0, 11), secret_sha256: sha256Of(token), expires_at: null };
    const scopes = ['laps:read', 'laps:write'];
    const row = {
      id: newId(),
      user_id: id,
      kind: 'personal' as const,
      name: 'test',
      scopes,
      created_at: now,
    };
    await trx
      .insertInto('tokens')
      .values({ ...row, ...secret })
      .execute();
  });
}

const database = await open(order);
await migrate(database);
await ensureUser(database, order.token);
const app = await buildApp({
  config: { ...testConfig, publicUrl: null, logLevel: 'silent' },
  version: '0.0.0',
  database,
  cache: new MemoryCache(),
  events: new MemoryEvents(),
  analysis: await openAnalysis(),
  mail: null,
  clock: () => new Date(),
});
await app.listen({ host: '127.0.0.1', port: order.port });
const { port } = app.server.address() as AddressInfo;
// Whoever started it is gone.
process.stdin.resume().on('end', () => process.exit(0));
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
