/** A program for tests: opens the embedded database of a directory and commits rows until it is killed, one line for each that is committed. */
import { migrate } from '../migrations/migrate.ts';
import { openPglite } from '../pglite/open-pglite.ts';

const [directory = '', preparedDump = ''] = process.argv.slice(2);
const database = await openPglite({ directory, preparedDump });
await migrate(database);
for (let count = 0; ; count += 1) {
  const row = { subject: `row ${count}`, count, first_at: new Date(), locked_until: null };
  await database.asSystem((trx) => trx.insertInto('failures').values(row).execute());
  process.stdout.write(`${count}\n`);
}
