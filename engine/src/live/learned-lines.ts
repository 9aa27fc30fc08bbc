/** Lines of tracks that a sim without lap distance taught: kept as files in the data directory, one for each, and given to every later run. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataDir } from '../data/data-dir.ts';
import { writeWholeFile } from '../data/whole-file.ts';

/** What is there; files that cannot be read are left out. */
export function readLines(dataDir: DataDir): string[] {
  const folder = dataDir.file('lines');
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => readFileSync(join(folder, name), 'utf8'));
  } catch {
    return [];
  }
}

/** Under its own id, so that a line that was learned better takes its place. */
export function keepLine(line: string, dataDir: DataDir): void {
  const { id } = JSON.parse(line) as { id?: unknown };
  const usual = typeof id === 'string' && /^[a-z0-9-]{1,80}$/.test(id);
  const name = usual ? id : createHash('sha256').update(line).digest('hex').slice(0, 16);
  mkdirSync(dataDir.file('lines'), { recursive: true });
  writeWholeFile(dataDir.file('lines', `${name}.json`), line);
}
