/**
 * What does the coach say? The words of the newest cue, for as long as they are fresh: some seconds, and advice about a place no longer than until the
 * car is past it. A danger is marked by another form than advice.
 */
import type { CueEvent, WidgetOptions } from '@racing-coach/contract';
import { Fade } from '../../fade.ts';
import type { HeardCue, HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';
import { CallPause } from './call-pause.ts';

/** `danger`: something is wrong. `advice`: something to do. `note`: something to know. */
export type CoachLineForm = 'danger' | 'advice' | 'note';

export interface CoachLineModel {
  opacity: number;
  form: CoachLineForm;
  text: string;
}

export const blankCoachLine = (): CoachLineModel => ({ opacity: 0, form: 'note', text: '' });

const formOf: Record<CueEvent['kind'], CoachLineForm> = {
  safety: 'danger',
  action: 'advice',
  teach: 'advice',
  info: 'note',
};
const shownForms: Record<WidgetOptions['coachLine']['show'], readonly CoachLineForm[]> = {
  all: ['danger', 'advice', 'note'],
  advice: ['danger', 'advice'],
  safety: ['danger'],
};

export class CoachLinePresenter implements Presenter<CoachLineModel> {
  readonly #fade = new Fade();
  readonly #pause = new CallPause();
  #shown: HeardCue | null = null;

  update(frame: HudFrame, into: CoachLineModel): void {
    const held = this.#pause.holds(frame);
    const heard = frame.cue !== null && mayBeSaid(frame.cue, frame, held) ? frame.cue : null;
    const cue = heard !== null && isFresh(heard, frame) ? heard : null;
    into.opacity = this.#fade.at(cue === null ? 0 : 1, frame.nowMs, frame.reducedMotion);
    // While it fades out it keeps its words.
    if (cue === null || cue === this.#shown) return;
    this.#shown = cue;
    into.form = formOf[cue.cue.kind];
    into.text = wordsOf(cue.cue, frame);
  }
}

/** A danger is told to whoever drives; what instructs, only while the coach speaks and no call has the driver's attention. */
const mayBeSaid = ({ cue }: HeardCue, { awake, driven }: HudFrame, held: boolean) =>
  cue.kind === 'safety' ? driven : awake && !held;

function isFresh({ cue, arrivedMs }: HeardCue, frame: HudFrame): boolean {
  const { seconds, show } = frame.setup.options.coachLine;
  if (!shownForms[show].includes(formOf[cue.kind])) return false;
  return frame.nowMs - arrivedMs < seconds * 1000 && !(cue.kind === 'teach' && isBehind(cue, frame));
}

/** The place is less than half a lap behind the car. */
function isBehind({ targetM }: CueEvent, { lapDistanceM, snapshot }: HudFrame): boolean {
  if (targetM === null || !(snapshot.lapLengthM > 0)) return false;
  const pastM = (lapDistanceM - targetM + snapshot.lapLengthM) % snapshot.lapLengthM;
  return pastM > 0 && pastM < snapshot.lapLengthM / 2;
}

/** The core's words, but for those that are a number or a command, which have the language's own. */
function wordsOf(cue: CueEvent, { reference, setup }: HudFrame): string {
  const { locale } = setup;
  if (cue.code === 'brake-go') return locale.text('cueBrake');
  const deltaS = cue.evidence['deltaS'];
  if (cue.code !== 'corner-verdict' || deltaS === undefined || deltaS === null || cue.cornerId === null)
    return cue.words;
  const corner = reference?.corners.find(({ id }) => id === cue.cornerId);
  return `${locale.corner(corner ?? { id: cue.cornerId, name: null })} ${locale.delta(Math.round(deltaS * 100))}`;
}
