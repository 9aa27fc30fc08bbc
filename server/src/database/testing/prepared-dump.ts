/** The dump that tests begin their embedded databases with: made once on a machine, and anew when PGlite or a migration is another. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrations } from '../migrations/migrations.ts';
import { preparePglite } from '../pglite/prepare-pglite.ts';

const root = new URL('../../../../', import.meta.url);

function cacheFile(): string {
  const hash = createHash('sha256').update(readFileSync(new URL('server/package.json', root)));
  for (const { sql } of migrations) hash.update(sql);
  const name = `pglite-${hash.digest('hex').slice(0, 16)}.tar`;
  return fileURLToPath(new URL(`node_modules/.cache/racing-coach/${name}`, root));
}

let made: Promise<string> | undefined;

/** Its file. */
export function preparedDump(): Promise<string> {
  made ??= (async () => {
    const file = cacheFile();
    if (existsSync(file)) return file;
    await preparePglite(file);
    // Those of older migrations: 40 MB each.
    for (const name of readdirSync(dirname(file)))
      if (name.endsWith('.tar') && name !== basename(file))
        rmSync(join(dirname(file), name), { force: true });
    return file;
  })();
  return made;
}
