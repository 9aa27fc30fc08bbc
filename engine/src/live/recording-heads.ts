/**
 * What recordings say about themselves, read from their heads and kept: an .ibt is hundreds of megabytes, its head some kilobytes, and folders hold
 * thousands of them. A head that was read once counts for as long as the file's size and time stand; the list is kept in the data directory.
 */
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { LapSession } from '@racing-coach/contract';
import * as z from 'zod';
import type { DataDir } from '../data/data-dir.ts';
import { writeWholeFile } from '../data/whole-file.ts';
import { findRecordings } from '../library/recordings.ts';

/** What is kept of a head; null: the file could not be read as it was then. */
const head = z
  .object({
    trackKey: z.string(),
    carKey: z.string(),
    track: z.string(),
    car: z.string(),
    date: z.string(),
  })
  .nullable();
const heads = z.record(z.string(), z.object({ size: z.number(), mtimeMs: z.number(), head }));

export interface Recording {
  path: string;
  bytes: number;
  mtimeMs: number;
  trackKey: string;
  carKey: string;
  track: string;
  car: string;
  /** As the sim writes it; may be empty. */
  date: string;
}

/** The newest so many are looked at: nobody is offered a lap of years ago. */
const mostFiles = 2000;

export type DescribeFile = (path: string) => Promise<LapSession>;

/** One that changed so lately may still be written: the sim flushes about every second. */
const growsMs = 10_000;

/**
 * The .ibt recordings in folders, the newest first, without one that is being written. Folders that are not there have none. Never throws.
 */
export async function readHeads(
  folders: string[],
  describe: DescribeFile,
  dataDir: DataDir,
  nowMs: number = Date.now(),
): Promise<Recording[]> {
  const found = await Promise.all(folders.map((folder) => findRecordings([folder]).catch(() => [])));
  const files = await newestFirst([...new Set(found.flat())].filter((path) => /\.ibt$/i.test(path)));
  const known = readKept(dataDir);
  const kept: z.infer<typeof heads> = {};
  const recordings: Recording[] = [];
  for (const { path, size, mtimeMs } of files.slice(0, mostFiles)) {
    if (Math.abs(nowMs - mtimeMs) < growsMs) continue;
    const before = known[path];
    const same = before !== undefined && before.size === size && before.mtimeMs === mtimeMs;
    const entry = same ? before : { size, mtimeMs, head: await readHead(path, describe) };
    kept[path] = entry;
    if (entry.head !== null) recordings.push({ path, bytes: size, mtimeMs, ...entry.head });
  }
  keep(kept, dataDir);
  return recordings;
}

async function newestFirst(paths: string[]) {
  const states = await Promise.all(
    paths.map(async (path) => {
      const facts = await stat(path).catch(() => null);
      return facts === null ? null : { path, size: facts.size, mtimeMs: facts.mtimeMs };
    }),
  );
  return states.filter((state) => state !== null).sort((a, b) => b.mtimeMs - a.mtimeMs);
}

async function readHead(path: string, describe: DescribeFile): Promise<z.infer<typeof head>> {
  try {
    const { trackKey, carKey, track, car, date } = await describe(path);
    return {
      trackKey,
      carKey,
      track: [track.name, track.config].filter(Boolean).join(' '),
      car: car.name,
      date,
    };
  } catch {
    return null;
  }
}

function readKept(dataDir: DataDir): z.infer<typeof heads> {
  try {
    return heads.parse(JSON.parse(readFileSync(dataDir.file('recording-heads.json'), 'utf8')));
  } catch {
    return {};
  }
}

/** A list that cannot be kept is read anew the next time. */
function keep(list: z.infer<typeof heads>, dataDir: DataDir): void {
  try {
    writeWholeFile(dataDir.file('recording-heads.json'), JSON.stringify(list));
  } catch {}
}
