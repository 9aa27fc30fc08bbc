/** The truth file of `simulate`: what the simulated driver really did, and what each mistake really cost. */
import * as z from 'zod';

/** A corner by the track's geometry; `flatOut` where this car needs neither brake nor lift. */
export const truthCorner = z.object({
  id: z.string(),
  direction: z.enum(['left', 'right']),
  startM: z.number(),
  apexM: z.number(),
  endM: z.number(),
  flatOut: z.boolean(),
});

/** `costS` is the same lap run again with the same seed without this one mistake. */
export const truthMistake = z.object({
  cornerId: z.string(),
  code: z.string(),
  size: z.number(),
  unit: z.string(),
  costS: z.number(),
});

export const truthDocument = z.object({
  track: z.string(),
  car: z.string(),
  seed: z.number(),
  lengthM: z.number(),
  corners: z.array(truthCorner),
  laps: z.array(
    z.object({
      lap: z.number(),
      lapTimeS: z.number(),
      brakeOnsets: z.array(z.object({ cornerId: z.string(), lapDistanceM: z.number() })),
      mistakes: z.array(truthMistake),
    }),
  ),
});
export type TruthDocument = z.infer<typeof truthDocument>;
