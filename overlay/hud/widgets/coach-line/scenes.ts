import type { CueEvent } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';
import { cueEvent } from '../../scenes/synthetic-events.ts';

const said = (name: string, cue: CueEvent): Scene => ({
  name,
  play: (tape) => tape.connect().drive(300, 1).event(cue).drive(360, 0.5),
});

export const scenes: Scene[] = [
  said('advice', cueEvent('teach', 'Brake later, at the 100 board')),
  said('note', cueEvent('info', 'Best lap of this session')),
  said('danger', cueEvent('safety', 'Yellow flag')),
  said(
    'long',
    cueEvent('teach', 'Carry more speed into Long Meadow and use the whole exit kerb before Beech Rise'),
  ),
  said('verdict', {
    ...cueEvent('info', 't4 +0.18'),
    code: 'corner-verdict',
    cornerId: 't4',
    evidence: { deltaS: 0.18 },
  }),
];
