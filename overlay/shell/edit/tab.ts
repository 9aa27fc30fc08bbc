/** Tab in edit mode goes through the widgets of all displays, then through the buttons, and round. */
import type { EditModel } from './model.ts';

/** The buttons in their order on the page. */
export const tabButtons = ['discard', 'save'] as const;
export type TabButton = (typeof tabButtons)[number];

export type TabStep =
  /** The next widget is selected. */
  { to: 'widget' } | { to: 'button'; button: TabButton };

/** @param on the button that has the focus; null while the keys are the widgets' */
export function tabStep(model: EditModel | null, on: TabButton | null, backwards: boolean): TabStep {
  const widgets = model?.widgets ?? [];
  if (on !== null) {
    const button = tabButtons[tabButtons.indexOf(on) + (backwards ? -1 : 1)];
    return button === undefined && widgets.length > 0
      ? { to: 'widget' }
      : { to: 'button', button: button ?? (backwards ? 'save' : 'discard') };
  }
  const last = (backwards ? widgets[0] : widgets.at(-1))?.name ?? null;
  const leaves = model === null || model.selected === last || (backwards && model.selected === null);
  return leaves ? { to: 'button', button: backwards ? 'save' : 'discard' } : { to: 'widget' };
}
