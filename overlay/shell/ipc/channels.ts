/** What every message carries: the schema of its words, checked before the handler sees them, and the type of its answer. */
import {
  type DisplayFinding,
  obsSource,
  overlayModes,
  type ProfileExport,
  profileId,
  type ShellReport,
  soundCommand,
} from '@racing-coach/contract';
import * as z from 'zod';
import { editAction, editEnd } from '../edit/actions.ts';
import type { EditModel } from '../edit/model.ts';
import type { Display } from '../windows/placement.ts';
import type { AskName, TellName } from './channel-names.ts';

export const shellCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edit') }),
  z.object({ kind: z.literal('show'), shown: z.boolean() }),
  z.object({ kind: z.literal('mode'), mode: z.enum(overlayModes) }),
  z.object({ kind: z.literal('sound'), command: soundCommand }),
  z.object({ kind: z.literal('restart-engine') }),
  z.object({ kind: z.literal('open-settings') }),
  z.object({ kind: z.literal('open-review') }),
  z.object({ kind: z.literal('copy-obs-address') }),
  z.object({ kind: z.literal('settings-changed') }),
]);
export type ShellCommand = z.infer<typeof shellCommand>;

const nothing = z.tuple([]);

/** The words of each question. */
export const askWords = {
  'shell:state': nothing,
  'shell:command': z.tuple([shellCommand]),
  'displays:list': nothing,
  'display:doctor': nothing,
  'obs:copy': z.tuple([obsSource]),
  'profile:export': z.tuple([profileId]),
  'link:open': z.tuple([z.string().max(2000)]),
  'edit:state': nothing,
  'edit:act': z.tuple([z.union([editAction, editEnd])]),
} as const satisfies Record<AskName, z.ZodType<unknown[]>>;

export interface AskAnswers {
  'shell:state': ShellReport;
  'shell:command': undefined;
  'displays:list': Display[];
  'display:doctor': DisplayFinding[];
  /** Whether there was an address to copy; the page never has it. */
  'obs:copy': boolean;
  'profile:export': ProfileExport;
  /** Whether it is a link that we open. */
  'link:open': boolean;
  'edit:state': EditModel | null;
  'edit:act': undefined;
}

export interface TellWords {
  'shell:changed': ShellReport;
  'edit:changed': EditModel | null;
}

export type AskWords<Name extends AskName> = z.infer<(typeof askWords)[Name]>;
export type AskHandlers = {
  [Name in AskName]: (...words: AskWords<Name>) => AskAnswers[Name] | Promise<AskAnswers[Name]>;
};
/** Compiles only while the names and what is told agree. */
export type ToldEverything = TellWords[TellName];
