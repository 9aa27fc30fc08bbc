/** Why is it silent? A dot while the coach works; unfolds to the reason in words when it does not. */
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';

/** `dot`: the coach works. `ring`: it has a reason to be silent. `cross`: this page gets nothing it could show. */
export type StatusForm = 'dot' | 'ring' | 'cross';

export interface StatusModel {
  form: StatusForm;
  /** Empty: folded. */
  text: string;
}

export const blankStatus = (): StatusModel => ({ form: 'ring', text: '' });

export class StatusPresenter implements Presenter<StatusModel> {
  update(frame: HudFrame, into: StatusModel): void {
    const { locale } = frame.setup;
    if (frame.link !== 'open') {
      into.form = 'cross';
      into.text = locale.text(frame.link === 'differs' ? 'linkDiffers' : 'linkClosed');
      return;
    }
    into.form = frame.coaching ? 'dot' : 'ring';
    into.text = frame.coaching ? '' : locale.status(frame.status);
  }
}
