/**
 * What the hub and its pages say to each other. Binary messages are snapshots (see `generated/tables.ts`); text messages are
 * JSON and one of these. Numbers that are not known are null in JSON.
 */
import * as z from 'zod';
import { boardMessages } from './board.ts';
import { coachEvent } from './events.ts';
import { lookSettings } from './look.ts';
import { calmWidgetNames, overlayWidgetNames } from './overlay-layout.ts';
import { hudSettings } from './settings.ts';
import { soundCommand, soundSettings } from './sound.ts';
import { widgetOptions } from './widget-options/table.ts';

/** Pages refuse a hub with another number. */
export const hubProtocol = 1;

const trace = z.array(z.number());

/** A corner as a page draws it: places in metres from the line. */
export const hubCorner = z.object({
  id: z.string(),
  name: z.string().nullable(),
  direction: z.enum(['left', 'right']),
  kind: z.enum(['brake', 'lift', 'flat']),
  complex: z.number().nullable(),
  startM: z.number(),
  apexM: z.number().nullable(),
  minSpeedM: z.number(),
  endM: z.number(),
  /** Null, as the gear, where the rules forbid live instruction. */
  minSpeedMps: z.number().nullable(),
  minGear: z.number().nullable(),
});
export type HubCorner = z.infer<typeof hubCorner>;

/** The reference lap as a page needs it; without brake zones and with empty traces where the rules forbid live instruction. The snapshot's `corner` and `nextCorner` are indices into `corners`. */
export const hubReference = z.object({
  label: z.string(),
  own: z.boolean(),
  lapTimeS: z.number(),
  lengthM: z.number(),
  corners: z.array(hubCorner),
  brakeZones: z.array(z.object({ startM: z.number(), endM: z.number(), peakBrake: z.number() })),
  /** The reference's pedals and speed, a value every `stepM` metres from the line. */
  trace: z.object({ stepM: z.number(), throttle: trace, brake: trace, speedMps: trace }),
});
export type HubReference = z.infer<typeof hubReference>;

export const helloMessage = z.object({
  type: z.literal('hello'),
  protocol: z.number(),
  layoutHash: z.string(),
  version: z.string(),
  /** The engine's monotonic clock now, in ms; snapshots are stamped with it. */
  nowMs: z.number(),
});
/** Sent about once a second, so that pages can map the engine's clock on theirs. */
export const clockMessage = z.object({ type: z.literal('clock'), nowMs: z.number() });
export const sessionMessage = z.object({
  type: z.literal('session'),
  sim: z.string(),
  track: z.string(),
  config: z.string(),
  car: z.string(),
  /** What is being read, for people: a file's name or the sim's. */
  source: z.string(),
});
export const referenceMessage = z.object({
  type: z.literal('reference'),
  reference: hubReference.nullable(),
  /** Why this lap, or why there is none; empty when nobody chose. */
  why: z.string().optional(),
});
/** A recording of this driver's on the track and in the car of now: its best lap could be the reference. */
export const offer = z.object({
  id: z.string(),
  /** The file's name without its folder. */
  file: z.string(),
  track: z.string(),
  car: z.string(),
  /** As the sim writes it; else when the file was written. */
  date: z.string(),
  bytes: z.number(),
});
export type Offer = z.infer<typeof offer>;

/** All that there are now: none takes the earlier ones back. */
export const offersMessage = z.object({ type: z.literal('offers'), offers: z.array(offer) });
/** What pages need of the settings; an older engine sends `hud` alone. */
export const settingsMessage = z.object({
  type: z.literal('settings'),
  hud: hudSettings,
  look: lookSettings.prefault({}),
  widgets: widgetOptions.prefault({}),
  /** What to tell the driver while he does not drive: nothing was set up yet, or the settings file was damaged. */
  hint: z.enum(['first-run', 'settings-damaged']).nullable().default(null),
  /** The widgets that a page shows which no shell told what to show. */
  shown: z.array(z.enum(overlayWidgetNames)).default([...calmWidgetNames]),
});
export type SettingsMessage = z.infer<typeof settingsMessage>;
export const eventMessage = z.object({ type: z.literal('event'), event: coachEvent });

/** Whether this page is the one that sounds. Sent to a page that claimed, whenever the answer changes; before, it is not. */
export const soundOwnerMessage = z.object({ type: z.literal('sound-owner'), owner: z.boolean() });
/** How it is to sound. */
export const soundSettingsMessage = z.object({ type: z.literal('sound-settings'), settings: soundSettings });
/** Whether the page that sounds was muted, by a key or by the settings. Told when it changes, and to who comes while it is. */
export const soundMutedMessage = z.object({ type: z.literal('sound-muted'), muted: z.boolean() });
/** A page's command, passed on to the one that sounds. */
export const soundCommandMessage = z.object({ type: z.literal('sound-command'), command: soundCommand });

/** Hub to page. */
export const hubMessage = z.discriminatedUnion('type', [
  helloMessage,
  clockMessage,
  sessionMessage,
  referenceMessage,
  eventMessage,
  offersMessage,
  settingsMessage,
  soundOwnerMessage,
  soundSettingsMessage,
  soundMutedMessage,
  soundCommandMessage,
  ...boardMessages,
]);
export type HubMessage = z.infer<typeof hubMessage>;

/**
 * Page to hub: its name, what it drew (for the latency figures), whether it wants to sound, what the one that sounds is to do, and from that one whether it is muted.
 * Sound has one owner: the page that claimed last; when it releases or leaves, the one that claimed before it.
 */
export const pageMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('page'), protocol: z.number(), name: z.string().max(40) }),
  z.object({ type: z.literal('drawn'), sequence: z.number(), latencyMs: z.number() }),
  z.object({ type: z.literal('sound-claim'), claim: z.boolean() }),
  z.object({ type: z.literal('sound-command'), command: soundCommand }),
  soundMutedMessage,
]);
export type PageMessage = z.infer<typeof pageMessage>;
