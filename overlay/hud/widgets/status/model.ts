/**
 * Why is it silent? A dot while the coach works; unfolds to the reason in words when it does not. Where the delta goes on its bar has the row: a reason
 * lies over it for some seconds, once a drive, and folds to the ring; in a session without instruction no reason does. Also: the badge of a session whose rules forbid live
 * instruction, what the HUD leaves out to spare the sim, that laps do not get to the server, and on demand how the page fares.
 */
import type { CostMessage, SyncMessage } from '@racing-coach/contract';
import type { LinkState } from '../../../link/hub-link.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';
import type { TextKey } from '../../texts/table.ts';
import { BriefNotice } from './brief-notice.ts';

/**
 * `dot`: the coach works, or would but for the rules. `half`: it works, and less is drawn. `ring`: it has a reason to be silent. `cross`: this page gets
 * nothing it could show.
 */
export type StatusForm = 'dot' | 'half' | 'ring' | 'cross';

export interface StatusModel {
  form: StatusForm;
  /** It is not to be heard. */
  muted: boolean;
  /** Empty: folded. */
  text: string;
  /** The session's rules forbid live instruction. */
  raceLegal: boolean;
  /** The words lie over what is in their row: they need all of the plate. */
  covers: boolean;
  /** What is in the row goes on beneath them: all of it is covered, not the words' part alone. */
  coversRow: boolean;
}

export const blankStatus = (): StatusModel => ({
  form: 'ring',
  muted: false,
  text: '',
  raceLegal: false,
  covers: false,
  coversRow: false,
});

/** Names of the levels, short: the row of the self-test is full already. */
const levelTexts = {
  'half-rate': 'selfTestHalfRate',
  'few-widgets': 'selfTestFewWidgets',
  'audio-only': 'selfTestAudioOnly',
} as const satisfies Record<Exclude<CostMessage['level'], 'full'>, TextKey>;
const linkTexts = {
  open: 'selfTestOpen',
  closed: 'selfTestClosed',
  differs: 'selfTestDiffers',
} as const satisfies Record<LinkState, TextKey>;

/** Said in the status' place while nobody drives: who drives needs the reason for silence more. */
const hintTexts = {
  'first-run': 'hintFirstRun',
  'settings-damaged': 'hintSettingsDamaged',
} as const satisfies Record<string, TextKey>;

/** The way to the server, where it needs the driver; everything else mends itself. */
const syncTexts: Partial<Record<SyncMessage['state'], TextKey>> = {
  'signed-out': 'syncSignedOut',
  trouble: 'syncTrouble',
};

export class StatusPresenter implements Presenter<StatusModel> {
  #tested = '';
  #testedKey = '';
  readonly #notice = new BriefNotice();
  readonly #syncNotice = new BriefNotice();

  update(frame: HudFrame, into: StatusModel): void {
    const { options } = frame.setup;
    const level = frame.board.cost?.level ?? 'full';
    into.form = formOf(frame, level);
    into.muted = frame.muted;
    into.raceLegal = options.status.raceLegal && frame.board.rules?.raceLegal === true;
    into.text = options.status.selfTest ? this.#selfTest(frame, level) : this.#reasonText(frame, level);
    into.coversRow = frame.measured && into.text !== '' && level !== 'audio-only';
    into.covers = options.status.selfTest || into.coversRow;
  }

  /** What the driver misses most comes first: the page's link, the whole HUD, the coach. */
  #reasonText(frame: HudFrame, level: CostMessage['level']): string {
    const { locale, hint } = frame.setup;
    if (!frame.driven) this.#notice.forget();
    else this.#syncNotice.forget();
    if (frame.link !== 'open') return locale.text(frame.link === 'differs' ? 'linkDiffers' : 'linkClosed');
    if (level === 'audio-only' && this.#notice.shows(level, frame.nowMs)) return locale.text('audioOnly');
    if (!frame.driven && hint !== null) return locale.text(hintTexts[hint]);
    const sync = frame.driven ? undefined : syncTexts[frame.board.sync?.state ?? 'off'];
    if (sync !== undefined && this.#syncNotice.shows(sync, frame.nowMs)) return locale.text(sync);
    if (frame.working) return '';
    if (!frame.measured) return level === 'audio-only' && frame.driven ? '' : locale.status(frame.status);
    const told = level === 'audio-only' || frame.board.rules?.raceLegal === true;
    return !told && this.#notice.shows(frame.status, frame.nowMs) ? locale.status(frame.status) : '';
  }

  /** Version, link, rate and latency, and what is left out, in words. */
  #selfTest({ health, link, setup }: HudFrame, level: CostMessage['level']): string {
    const { version } = health;
    const rate = Math.round(health.rateHz);
    const latency = Math.max(1, Math.round(health.latencyMs));
    const key = `${version} ${link} ${rate} ${latency} ${level}`;
    if (key === this.#testedKey) return this.#tested;
    this.#testedKey = key;
    const { locale } = setup;
    const parts = [
      locale.text('selfTestVersion', { version }).trim(),
      locale.text(linkTexts[link]),
      Number.isNaN(rate) ? locale.text('selfTestNoSamples') : locale.text('selfTestRate', { rate }),
      Number.isNaN(latency) ? '' : locale.text('selfTestLatency', { latency }),
      level === 'full' ? '' : locale.text(levelTexts[level]),
    ];
    this.#tested = parts.filter((part) => part !== '').join(' · ');
    return this.#tested;
  }
}

function formOf({ link, working }: HudFrame, level: CostMessage['level']): StatusForm {
  if (link !== 'open') return 'cross';
  if (!working) return 'ring';
  return level === 'full' ? 'dot' : 'half';
}
