/**
 * Every message from a page passes here before anything acts on it. It must come from the top frame of a window that the shell opened, whose
 * address is one of ours, which may use the channel; and its words must fit the schema. What does not is refused with the same short error and
 * logged; the page learns nothing about why.
 */
import { isAppUrl } from '../protocol/app-scheme.ts';
import { type AskName, askChannels, type WindowKind } from './channel-names.ts';
import { type AskHandlers, askWords } from './channels.ts';

/** What is known about a message besides its words. */
export interface Sender {
  /** Of the window's contents. */
  id: number;
  /** The frame's address when the message arrived; null when it is already gone. */
  frameUrl: string | null;
  isTopFrame: boolean;
}

export interface GuardOptions {
  /** The kind of the window with these contents; null when it is not one of ours. */
  kindOf(id: number): WindowKind | null;
  handlers: AskHandlers;
  log(line: string): void;
}

export class Refused extends Error {
  constructor() {
    super('refused');
    this.name = 'Refused';
  }
}

/** Answers a question; rejects with {@link Refused} where it may not be asked, and with the handler's own error where that fails. */
export async function answerAsk(
  name: string,
  sender: Sender,
  words: unknown[],
  { kindOf, handlers, log }: GuardOptions,
): Promise<unknown> {
  const channel = askChannels.find((row) => row.name === name);
  const problem = channel === undefined ? 'no such channel' : senderProblem(channel, sender, kindOf);
  if (channel === undefined || problem !== null) return refuse(name, problem ?? '', log);
  const checked = askWords[channel.name].safeParse(words);
  if (!checked.success) return refuse(name, 'wrong words', log);
  // The schema and the handler of one name belong together; the compiler cannot see that across a union.
  const handler = handlers[channel.name] as (...given: unknown[]) => unknown;
  return await handler(...checked.data);
}

function senderProblem(
  { from }: { name: AskName; from: readonly WindowKind[] },
  sender: Sender,
  kindOf: GuardOptions['kindOf'],
): string | null {
  const kind = kindOf(sender.id);
  if (kind === null) return 'not from a window of ours';
  if (!sender.isTopFrame) return 'not from the top frame';
  if (sender.frameUrl === null || !isAppUrl(sender.frameUrl)) return 'not from a page of ours';
  return from.includes(kind) ? null : `not for the ${kind} window`;
}

function refuse(name: string, why: string, log: GuardOptions['log']): never {
  // A name from a page is not to write lines of its own into our log.
  log(`A message on ${JSON.stringify(name.slice(0, 60))} was refused: ${why}.`);
  throw new Refused();
}
