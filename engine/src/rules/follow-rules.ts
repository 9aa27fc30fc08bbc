/** Tells pages, and the person at the terminal, what the rules of each session are. Subscribed before whatever publishes references. */
import type { RulesMessage } from '@racing-coach/contract';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { rulesMessage } from './rules-words.ts';

export interface RulesListener {
  publish(message: RulesMessage): void;
  tell(line: string): void;
}

/** A session's note comes again when its text changes: what is the same is not said twice. */
export function followRules(bus: EventBus<EngineTopics>, { publish, tell }: RulesListener): void {
  let told: RulesMessage | null = null;
  bus.subscribe('note', 'rules', (note) => {
    if (note.type !== 'session') return;
    const message = rulesMessage(note.rules);
    if (message.why === told?.why) return;
    const silentBefore = told?.raceLegal !== true && !message.raceLegal && note.rules.next === null;
    told = message;
    publish(message);
    if (!silentBefore) tell(message.why);
  });
}
