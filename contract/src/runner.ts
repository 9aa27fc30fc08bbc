/**
 * What the native runner is asked to read and what it tells beside the coach's events: notes, in order with them, and its statistics.
 */
import * as z from 'zod';
import { lapSession } from './extracted-lap.ts';
import { hubReference } from './hub.ts';
import { sessionRules } from './rules.ts';

/** What to read. `map`: a file-backed memory map as our simulator writes it; `iracing`: the sim's own memory, on Windows. */
export const runnerSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recording'), path: z.string() }),
  z.object({ kind: z.literal('tape'), path: z.string() }),
  z.object({ kind: z.literal('iracing') }),
  z.object({ kind: z.literal('map'), path: z.string() }),
  z.object({
    kind: z.literal('gt7'),
    /** The console's address or name, or a network's broadcast address; the first console that answers when it is missing. */
    host: z.string().optional(),
    /** Where it listens, when that is not where consoles do: a simulator, or a relay. */
    port: z.int().min(1).max(65_535).optional(),
  }),
]);
export type RunnerSource = z.infer<typeof runnerSource>;

/** Whether there is a sim: none yet, rows come, it is there and sends nothing new, or it stopped without a goodbye. */
export const presence = z.enum(['absent', 'loading', 'sending', 'paused', 'lost']);
export type Presence = z.infer<typeof presence>;

/** A session begins (another `number`), or its text changed (the same one). */
export const sessionNote = z.object({
  type: z.literal('session'),
  /** Counted from 1 in a run: a connection, track, car and session of the sim. */
  number: z.number(),
  /** Counts coaches: stint and number of a lap are unique only under one coach. */
  coach: z.number(),
  /** The sim's word: `Practice`, `Race`; empty when it has none. */
  kind: z.string(),
  rules: sessionRules,
  facts: lapSession,
});
export type SessionNote = z.infer<typeof sessionNote>;

/** The coach uses a reference that the run itself made. */
export const referenceNote = z.object({
  type: z.literal('reference'),
  origin: z.enum(['none', 'given', 'learned', 'session']),
  /** A complete lap that is still being learned from: its delta and pedals are rough. */
  rough: z.boolean(),
  /** The track model with its corner ids, as JSON: to be kept for the track. */
  model: z.string().nullable(),
  reference: hubReference.nullable(),
});
export type ReferenceNote = z.infer<typeof referenceNote>;

/** A second of the sim's own drawing, live: what overlays cost is measured from it. */
export const drawingNote = z.object({
  type: z.literal('drawing'),
  /** All of it was driven on the track, outside of the pits and under green. */
  green: z.boolean(),
  frameRateHz: z.number().nullable(),
  /** Shares of a core and of the graphics card that the sim takes, 0 to 1. */
  cpuUsage: z.number().nullable(),
  gpuUsage: z.number().nullable(),
});
export type DrawingNote = z.infer<typeof drawingNote>;

export const runnerNote = z.discriminatedUnion('type', [
  sessionNote,
  referenceNote,
  drawingNote,
  z.object({ type: z.literal('presence'), presence }),
  /** The source has trouble that may pass, and is tried again, or the tape that is made has failed for good; null: it is over. */
  z.object({
    type: z.literal('trouble'),
    with: z.enum(['source', 'tape']),
    code: z.string().nullable(),
    message: z.string().nullable(),
  }),
  /** A sim without lap distance taught the line of a track: JSON to keep, and to give to later runs. */
  z.object({ type: z.literal('line'), line: z.string() }),
  /** Rows are missing. */
  z.object({ type: z.literal('gap'), rows: z.number() }),
]);
export type RunnerNote = z.infer<typeof runnerNote>;

/** Upper edges of latency histograms in milliseconds; one more count holds what was longer. The same as in `native/node/src/histogram.rs`. */
export const latencyEdgesMs = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100] as const;

/** Counts by {@link latencyEdgesMs}. */
export const latencyCounts = z.array(z.number()).length(latencyEdgesMs.length + 1);

/** How well the runner's thread keeps its rate. */
export const runnerStatistics = z.object({
  ticks: z.number(),
  /** Over the whole run for a recording, over the last second live. */
  rateHz: z.number(),
  latenessP50Ms: z.number(),
  latenessP99Ms: z.number(),
  latenessMaxMs: z.number(),
  stepP50Us: z.number(),
  stepP99Us: z.number(),
  /** From reading a row to its snapshot: read, decode and step. */
  workP50Us: z.number(),
  workP99Us: z.number(),
  /** The same, tick to snapshot, as counts. */
  latency: z.object({ counts: latencyCounts }),
  presence,
  source: z.object({
    seen: z.number(),
    /** Ticks that the sim counted and nobody saw. */
    missed: z.number(),
    /** Copies thrown away because the sim was writing into them. */
    torn: z.number(),
    late: z.number(),
    ignored: z.number(),
    connections: z.number(),
  }),
  /** The tape that is made; null when none is. */
  tape: z
    .object({
      rows: z.number(),
      bytes: z.number(),
      seconds: z.number(),
      gaps: z.number(),
      /** Rows that the disk was too slow for. */
      lostRows: z.number(),
      /** Nothing more is written: the disk is full, for example. */
      failed: z.boolean(),
    })
    .nullable(),
});
export type RunnerStatistics = z.infer<typeof runnerStatistics>;

/** What of a tape is lost; all zero for a whole one. */
export const tapeDamage = z.object({
  /** Rows that were recorded and cannot be read. */
  lostRows: z.number(),
  /** Bytes in the middle that are no block. */
  damagedBytes: z.number(),
  /** Bytes at the end that are no whole block: the recorder was cut off. */
  tornBytes: z.number(),
});
export type TapeDamage = z.infer<typeof tapeDamage>;
