/**
 * What is on the screen, as a function of what is known. All rules about showing, hiding and touching windows are here and nowhere else.
 *
 * Between corners the overlay stays shown and draws nothing, because showing and hiding transparent windows flickers. It leaves the screen only
 * where nobody drives: then the sim's direct flip may return. Captured windows never leave, not even while the engine starts again:
 * OpenKneeboard and OBS lose a window that closes and do not find it again.
 */
import type { OverlayMode, OverlaySettings } from '@racing-coach/contract';
import { isDriving } from './driving.ts';

export interface ShellState {
  overlay: Pick<OverlaySettings, 'mode' | 'autoHide' | 'hideFromCapture'>;
  /** Whether there is an engine to show anything of. */
  engineReady: boolean;
  /** The coach's status code; null before the first snapshot. */
  status: string | null;
  editing: boolean;
  /** What the overlay costs is being measured, and it is its turn to be away. */
  blank: boolean;
  /** The user's own switch: tray or shortcut. */
  hiddenByUser: boolean;
}

export interface WindowPolicy {
  /** The windows over the sim, or on the second monitor. */
  overlay: {
    /** `closed` frees their processes, `hidden` keeps them ready. */
    presence: 'shown' | 'hidden' | 'closed';
    /** Where all of it goes: where each widget was placed, or on one display. */
    where: 'placed' | 'second-monitor';
    /** The widgets themselves, or the windows in which they are moved about. */
    what: 'widgets' | 'edit';
    alwaysOnTop: boolean;
    clickThrough: boolean;
    focusable: boolean;
    hideFromCapture: boolean;
  };
  /** The one regular window that OpenKneeboard or OBS takes. */
  capture: { presence: 'shown' | 'closed' };
  /** Whether the page that makes the sound runs. */
  sound: boolean;
  /** Why the overlay is not shown, for the tray; null when it is. */
  reason: string | null;
}

export function windowPolicy(state: ShellState): WindowPolicy {
  const { mode } = state.overlay;
  const interactive = state.editing && canEdit(mode) && state.engineReady;
  const reason = interactive ? null : whyNot(state);
  return {
    overlay: {
      presence: overlayPresence(state, reason),
      where: mode === 'second-monitor' ? 'second-monitor' : 'placed',
      what: interactive ? 'edit' : 'widgets',
      // On a second monitor it would cover what the driver put there.
      alwaysOnTop: mode === 'normal',
      clickThrough: mode === 'normal' && !interactive,
      focusable: mode === 'second-monitor' || interactive,
      // What is being edited is worth showing to a helper.
      hideFromCapture: state.overlay.hideFromCapture && !interactive,
    },
    capture: { presence: mode === 'capture' ? 'shown' : 'closed' },
    sound: state.engineReady,
    reason,
  };
}

/** Widgets are moved where they are over the sim; in the other modes the window itself is moved. */
export const canEdit = (mode: OverlayMode) => mode === 'normal';

function overlayPresence({ overlay: { mode }, engineReady }: ShellState, reason: string | null) {
  if (mode === 'audio-only' || mode === 'capture' || !engineReady) return 'closed';
  return reason === null ? 'shown' : 'hidden';
}

function whyNot(state: ShellState): string | null {
  const { mode, autoHide } = state.overlay;
  if (!state.engineReady) return 'The engine is not running.';
  if (mode === 'audio-only') return 'Audio only.';
  if (mode === 'capture') return 'Shown in the capture window.';
  if (state.hiddenByUser) return 'Hidden by you.';
  if (state.blank) return 'Away while its cost is measured.';
  // A second monitor costs the sim nothing that hiding would give back.
  if (mode === 'normal' && autoHide && !isDriving(state.status)) return 'Hidden until you drive.';
  return null;
}
