/**
 * Why is it silent? A dot while the coach works; unfolds to the reason in words when it does not. Also: the badge of a session whose rules forbid live
 * instruction, what the HUD leaves out to spare the sim, and on demand how the page fares.
 */
import type { CostMessage } from '@racing-coach/contract';
import type { HudFrame } from '../../frame.ts';
import { HeldNumber } from '../../held-number.ts';
import type { Presenter } from '../../painted.ts';

/** `dot`: the coach works. `half`: it works, and less is drawn. `ring`: it has a reason to be silent. `cross`: this page gets nothing it could show. */
export type StatusForm = 'dot' | 'half' | 'ring' | 'cross';

export interface StatusModel {
  form: StatusForm;
  /** Empty: folded. */
  text: string;
  /** The session's rules forbid live instruction. */
  raceLegal: boolean;
  /** The words lie over what is in their row: they need all of the plate. */
  covers: boolean;
}

export const blankStatus = (): StatusModel => ({ form: 'ring', text: '', raceLegal: false, covers: false });

const costTexts = {
  full: null,
  'half-rate': 'halfRate',
  'few-widgets': 'fewWidgets',
  'audio-only': 'audioOnly',
} as const satisfies Record<CostMessage['level'], string | null>;

export class StatusPresenter implements Presenter<StatusModel> {
  readonly #rate = new HeldNumber();
  readonly #latency = new HeldNumber();
  #tested = '';
  #testedKey = '';

  update(frame: HudFrame, into: StatusModel): void {
    const { options } = frame.setup;
    const level = frame.board.cost?.level ?? 'full';
    into.form = formOf(frame, level);
    into.raceLegal = options.status.raceLegal && frame.board.rules?.raceLegal === true;
    into.covers = options.status.selfTest;
    into.text = options.status.selfTest ? this.#selfTest(frame) : reasonText(frame, level);
  }

  /** Version, link, rate and latency, and what is left out, in words. */
  #selfTest(frame: HudFrame): string {
    const { version, rateHz, latencyMs } = frame.health;
    const rate = this.#rate.at(Number.isFinite(rateHz) ? Math.round(rateHz) : null, frame.nowMs);
    const latency = this.#latency.at(
      Number.isFinite(latencyMs) ? Math.max(1, Math.round(latencyMs)) : null,
      frame.nowMs,
    );
    const { link, setup } = frame;
    const level = frame.board.cost?.level ?? 'full';
    const key = `${version} ${link} ${rate} ${latency} ${level}`;
    if (key === this.#testedKey) return this.#tested;
    this.#testedKey = key;
    const { locale } = setup;
    const linkKey = { open: 'selfTestOpen', closed: 'selfTestClosed', differs: 'selfTestDiffers' } as const;
    const parts = [
      locale.text('selfTestVersion', { version }).trim(),
      locale.text(linkKey[link]),
      rate === null ? locale.text('selfTestNoSamples') : locale.text('selfTestRate', { rate }),
      latency === null ? '' : locale.text('selfTestLatency', { latency }),
      level === 'full' ? '' : locale.text(costLevelTexts[level]),
    ];
    this.#tested = parts.filter((part) => part !== '').join(' · ');
    return this.#tested;
  }
}

/** Short names of the levels, for a row that is full already. */
const costLevelTexts = {
  'half-rate': 'selfTestHalfRate',
  'few-widgets': 'selfTestFewWidgets',
  'audio-only': 'selfTestAudioOnly',
} as const;

function formOf({ link, coaching }: HudFrame, level: CostMessage['level']): StatusForm {
  if (link !== 'open') return 'cross';
  if (!coaching) return 'ring';
  return level === 'full' ? 'dot' : 'half';
}

/** What the driver misses most comes first: the page's link, the whole HUD, the coach. Less drawn is said where there is room for it. */
function reasonText(frame: HudFrame, level: CostMessage['level']): string {
  const { locale } = frame.setup;
  if (frame.link !== 'open') return locale.text(frame.link === 'differs' ? 'linkDiffers' : 'linkClosed');
  if (level === 'audio-only') return locale.text(costTexts[level]);
  return frame.coaching ? '' : locale.status(frame.status);
}
