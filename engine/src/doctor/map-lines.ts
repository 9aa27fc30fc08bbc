/** What a sim's memory holds, for a person. */
import * as z from 'zod';

const mapDocument = z.looseObject({
  connected: z.boolean(),
  tickRateHz: z.number(),
  variables: z.number(),
  rows: z.number(),
  newestTick: z.number().nullable(),
  track: z.string().nullish(),
  car: z.string().nullish(),
  sample: z.record(z.string(), z.number().nullable()).nullable(),
});

/** The document of `doctor --map`; fields may be added to it. */
export function mapLines(document: unknown): string[] {
  const { connected, tickRateHz, variables, rows, newestTick, track, car, sample } =
    mapDocument.parse(document);
  const known = Object.entries(sample ?? {}).filter(([, value]) => value !== null);
  return [
    `${connected ? 'Connected' : 'Not connected'}, ${tickRateHz} ticks a second, ${variables} variables, ${rows} rows, newest tick ${newestTick ?? '-'}.`,
    `${track ?? 'No track'}, ${car ?? 'no car'}.`,
    ...known.map(([name, value]) => `  ${name.padEnd(22)} ${value}`),
  ];
}
