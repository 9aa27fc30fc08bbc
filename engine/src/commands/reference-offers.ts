/** `reference offers`: own recordings that could give references. A running engine knows the track and car of now; without one, all of them. */
import { existsSync } from 'node:fs';
import { type Offer, offersAnswer } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { table } from '../cli/format.ts';
import { loadSettings } from '../data/settings-file.ts';
import { askEngine } from '../doctor/running-engine.ts';
import { withLibrary } from '../library/stored-reference.ts';
import { offersFor, publicOffer } from '../live/offers.ts';
import { readHeads } from '../live/recording-heads.ts';
import { telemetryFolders, thisMachine } from '../live/telemetry-folders.ts';
import { describeRecording } from '../native.ts';

export async function listOffers(context: Context): Promise<0> {
  const { terminal, json, dataDir } = context;
  const running = await askEngine(dataDir, '/api/offers', offersAnswer);
  const offers = running?.offers ?? (await allOffers(context));
  if (json) terminal.print(JSON.stringify({ offers }));
  else for (const line of offerLines(offers, running !== null)) terminal.print(line);
  return 0;
}

async function allOffers(context: Context): Promise<Offer[]> {
  const native = await context.native();
  const { settings, notice } = loadSettings(context.dataDir, new Date());
  if (notice !== null) context.terminal.tell(notice);
  const folders = await telemetryFolders(settings.recordings.folders, thisMachine);
  const recordings = await readHeads(folders, (path) => describeRecording(native, path), context.dataDir);
  // Looking must leave no trace: without a store nothing was imported.
  const stored = existsSync(context.dataDir.file('laps.db'))
    ? await withLibrary(context, (library) => library.store.sessions())
    : [];
  return offersFor(recordings, null, stored).map(publicOffer);
}

function offerLines(offers: Offer[], running: boolean): string[] {
  const where = running ? ' of the track and car of now' : '';
  if (offers.length === 0)
    return [`No recordings${where} that are not imported. In iRacing Alt+L in the car begins one.`];
  const rows = offers.map(({ id, file, track, car, date }) => [id, track, car, date.slice(0, 10), file]);
  return [
    ...table(['id', 'track', 'car', 'date', 'file'], rows),
    '',
    running
      ? 'In the terminal of the engine: u and Enter coaches from the best lap of the newest.'
      : 'racing-coach import FILE brings its best lap into the library; racing-coach start offers those of the track and car that you drive.',
  ];
}
