/** Laps of a recording, kept in a folder for a process that stores them again, one by one, as if it drove them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LapSummary } from '@racing-coach/contract';
import { newLap, storedSession } from '../../library/importer.ts';
import type { NativeAddon } from '../../native.ts';
import type { NewLap, StoredSession } from '../../store/lap-store.ts';

export interface DrivenLaps {
  session: StoredSession;
  /** In the order in which they were driven. */
  laps: NewLap[];
}

/** Writes every lap of `recording` into `folder`: what is known of it, and its lap file beside it. */
export async function writeDriven(recording: string, folder: string, native: NativeAddon): Promise<void> {
  const laps = await native.extractLaps(recording);
  for (const [at, { summary, lapFile }] of laps.entries()) {
    writeFileSync(join(folder, `${at}.json`), summary);
    if (lapFile != null) writeFileSync(join(folder, `${at}.parquet`), lapFile);
  }
  const files = laps.map(({ lapFile }) => lapFile != null);
  writeFileSync(join(folder, 'laps.json'), JSON.stringify(files));
}

/** The laps in `folder` as those of the session `id`, which is live. */
export function readDriven(folder: string, id: string): DrivenLaps {
  const hasFile = JSON.parse(readFileSync(join(folder, 'laps.json'), 'utf8')) as boolean[];
  const summaries = hasFile.map((_, at) => readFileSync(join(folder, `${at}.json`), 'utf8'));
  const laps = summaries.map((summary, at) =>
    newLap(id, { summary, lapFile: hasFile[at] ? readFileSync(join(folder, `${at}.parquet`)) : null }),
  );
  const { session } = JSON.parse(summaries[0] ?? '') as LapSummary;
  return { session: storedSession(id, 'iRacing', null, session, new Date('2026-01-01T00:00:00Z')), laps };
}
