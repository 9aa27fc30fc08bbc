/** What a person at the terminal reads while a live engine runs: what it waits for and what to do, why it is silent, and every lap. */
import { type LapEvent, type RunnerNote, reasons as reasonTable, statuses } from '@racing-coach/contract';
import { lapTimeText } from '../cli/format.ts';
import type { Terminal } from '../cli/terminal.ts';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import type { SourceWords } from './source-choice.ts';

export function tellLive(bus: EventBus<EngineTopics>, terminal: Terminal, source: SourceWords): void {
  const say = (line: string) => terminal.tell(line);
  let session = '';
  bus.subscribe('note', 'terminal', (note) => {
    const line = noteLine(note, source);
    if (line === null) return;
    if (note.type === 'session') {
      // Told again whenever somebody joins or leaves.
      const told = `${note.number} ${line}`;
      if (told === session) return;
      session = told;
    }
    say(line);
  });
  bus.subscribe('event', 'terminal', ({ event }) => {
    if (event.type === 'lap' && event.settled) say(lapLine(event));
    // What a sim that is away means is told by the note, which knows what to do.
    if (event.type === 'status' && !fromNotes.has(event.status)) say(event.text);
  });
}

const fromNotes: ReadonlySet<string> = new Set(['no-source', 'loading', 'paused', 'connection-lost']);

const textOf = (code: string) => statuses.find((row) => row.code === code)?.text ?? '';

/** A note for a person; null for one that says nothing to him. */
export function noteLine(note: RunnerNote, { name, todo }: SourceWords): string | null {
  switch (note.type) {
    case 'presence':
      if (note.presence === 'absent') return `Waiting for ${name}. ${todo}`.trimEnd();
      if (note.presence === 'paused' || note.presence === 'loading') return textOf(note.presence);
      return note.presence === 'lost' ? textOf('connection-lost') : `Connected to ${name}.`;
    case 'session': {
      const { track, car } = note.facts;
      if (track.name === '' && car.name === '') return null;
      const place = [track.name, track.config].filter(Boolean).join(' ');
      return [place, car.name, note.kind].filter(Boolean).join(', ');
    }
    case 'trouble':
      return note.message;
    case 'line':
      return 'The line of this track is learned and kept.';
    case 'gap':
    case 'drawing':
    case 'reference':
      return null;
  }
}

/** For example `Lap 3: 1:31.204. The car left the track.`; `~` before a time that is our own. */
export function lapLine({ lap, lapTimeS, complete, timeSource, reasons }: LapEvent): string {
  const own = complete && timeSource === 'interpolated' ? '~' : '';
  const words = reasons.map((code) => reasonTable.find((row) => row.code === code)?.text ?? code);
  const time = complete ? `${own}${lapTimeText(lapTimeS)}` : 'no time';
  return [`Lap ${lap}: ${time}${words.length > 0 ? '.' : ''}`, ...words].join(' ');
}
