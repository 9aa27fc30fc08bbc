/**
 * The page over one display in edit mode: frames of the display's widgets, which go where the shell says. It tells the shell what the pointer and
 * the keys did; what that means is decided there, so that a drag over several displays is one drag.
 */
import type { EditAction } from '../shell/edit/actions.ts';
import { keyAction } from '../shell/edit/keys.ts';
import type { Corner, EditModel } from '../shell/edit/model.ts';
import { tabButtons, tabStep } from '../shell/edit/tab.ts';
import { EditView } from './edit-view.ts';
import { pointerPlace } from './pointer-place.ts';
import { saidOf } from './said.ts';

/** What the preload script exposes. */
interface ShellBridge {
  ask(name: 'edit:state'): Promise<EditModel | null>;
  ask(name: 'edit:act', action: EditAction | { kind: 'save' | 'discard' }): Promise<void>;
  listen(name: 'edit:changed', run: (model: EditModel | null) => void): () => void;
}

const shell = (window as unknown as { racingCoach: ShellBridge }).racingCoach;
const displayId = new URLSearchParams(location.search).get('display') ?? '';
const view = new EditView(document, displayId);
const said = document.getElementById('said');
const button = (kind: (typeof tabButtons)[number]) => document.getElementById(kind);
let model: EditModel | null = null;

/** One drag at a time goes to the shell; of several moves in between only the last counts. */
let sending = false;
let next: EditAction | null = null;

function act(action: EditAction | { kind: 'save' | 'discard' }): Promise<void> {
  // A refusal is the shell's to log; the frames show what holds.
  return shell.ask('edit:act', action).catch(() => {});
}

async function drag(action: EditAction): Promise<void> {
  next = action;
  if (sending) return;
  sending = true;
  while (next !== null) {
    const now: EditAction = next;
    next = null;
    await act(now);
  }
  sending = false;
}

function grabbed(event: PointerEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  const name = view.widgetAt(target);
  if (name === null || model === null || event.button !== 0) return;
  const stage = event.currentTarget as Element;
  stage.setPointerCapture(event.pointerId);
  const corner = target?.getAttribute('data-corner') as Corner | null;
  const place = pointerPlace(model.displays, displayId, event.clientX, event.clientY);
  void act(corner === null ? { kind: 'grab', name, ...place } : { kind: 'grab-corner', name, corner });
}

function moved(event: PointerEvent): void {
  if (model?.held == null) return;
  const place = pointerPlace(model.displays, displayId, event.clientX, event.clientY);
  void drag({ kind: 'drag', ...place, free: event.altKey });
}

async function dropped(): Promise<void> {
  while (sending) await new Promise((resolve) => setTimeout(resolve, 5));
  await act({ kind: 'drop' });
}

function tab(backwards: boolean): void {
  const focused = document.activeElement;
  const on = tabButtons.find((kind) => button(kind) === focused) ?? null;
  const step = tabStep(model, on, backwards);
  if (step.to === 'button') button(step.button)?.focus();
  else if (focused instanceof HTMLElement) focused.blur();
  void act(step.to === 'button' ? { kind: 'select', name: null } : { kind: 'select-next', backwards });
}

function pressed(event: KeyboardEvent): void {
  // Enter on a button is the button's.
  if (event.target instanceof HTMLButtonElement && event.key === 'Enter') return;
  if (event.key === 'Tab') {
    event.preventDefault();
    tab(event.shiftKey);
    return;
  }
  const key = { key: event.key, shift: event.shiftKey, control: event.ctrlKey };
  const action = keyAction(key, (model?.held ?? null) !== null);
  if (action === null) return;
  event.preventDefault();
  void act(action);
}

function show(changed: EditModel | null): void {
  model = changed;
  view.show(changed);
  const words = saidOf(changed);
  if (said !== null && words !== said.textContent) said.textContent = words;
}

view.stage.addEventListener('pointerdown', grabbed);
view.stage.addEventListener('pointermove', moved);
view.stage.addEventListener('pointerup', () => void dropped());
view.stage.addEventListener('pointercancel', () => void act({ kind: 'cancel-drag' }));
document.addEventListener('keydown', pressed);
for (const kind of tabButtons) button(kind)?.addEventListener('click', () => void act({ kind }));
shell.listen('edit:changed', show);
show(await shell.ask('edit:state').catch(() => null));
