/**
 * A finished lap as the native part hands it to the store: the lap's facts as JSON and its lap file as bytes. The lap file is encoded
 * once, in Rust; official time and validity travel beside it, here.
 */
import * as z from 'zod';
import { lapAnalysis } from './analysis.ts';

/** What the store needs to know about the recording or live session that a lap is from. */
export const lapSession = z.object({
  sim: z.string(),
  /** Laps with equal keys share places on the road: `sim/track/config` in lower case. */
  trackKey: z.string(),
  /** Stable key of the car in lower case. */
  carKey: z.string(),
  track: z.object({ name: z.string(), config: z.string(), lengthM: z.number().nullable() }),
  car: z.object({ name: z.string() }),
  sampleRateHz: z.number(),
  /** As the sim writes it; empty when it does not. */
  date: z.string().default(''),
  /** The sim's version; empty when it does not say. */
  build: z.string().default(''),
  /** Driven by this driver, as far as the source can tell. */
  own: z.boolean().default(true),
  /** Which analysis made the facts below. */
  analysisVersion: z.number(),
});
export type LapSession = z.infer<typeof lapSession>;

/** The parsed `summary` of an extracted lap. */
export const lapSummary = lapAnalysis.extend({ session: lapSession });
export type LapSummary = z.infer<typeof lapSummary>;
