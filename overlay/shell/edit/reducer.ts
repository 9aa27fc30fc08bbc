/**
 * Edit mode: `(model, action) -> model`, without a clock, a window or a page. A drag is one step of undo, however many moves it had; whatever
 * changes nothing is none. Widgets stay inside their display at every moment.
 */
import type { OverlaySettings } from '@racing-coach/contract';
import type { Display } from '../windows/placement.ts';
import type { EditAction } from './actions.ts';
import { arranged, editedPlacements, sameArrangement } from './arrangement.ts';
import {
  type Arrangement,
  bigStep,
  type EditedWidget,
  type EditModel,
  type Guide,
  gridStep,
  type Held,
  mostUndo,
  widgetNamed,
} from './model.ts';
import { carriedTo, grownBy, inside, resizedTo } from './resize.ts';
import { snapBox } from './snap.ts';

/** A tenth at a time. */
const growth = 1.1;

export function beginEdit(overlay: OverlaySettings, displays: readonly Display[]): EditModel {
  const widgets = arranged(overlay, displays);
  return { displays, widgets, selected: null, held: null, guides: [], undo: [], redo: [] };
}

export function edit(model: EditModel, action: EditAction, overlay: OverlaySettings): EditModel {
  switch (action.kind) {
    case 'grab':
      return grab(model, action);
    case 'grab-corner':
      return hold(model, { kind: 'resize', name: action.name, corner: action.corner, before: model.widgets });
    case 'drag':
      return drag(model, action, overlay.scale);
    case 'drop':
      return drop(model);
    case 'cancel-drag':
      return model.held === null ? model : { ...model, widgets: model.held.before, held: null, guides: [] };
    case 'select':
      return { ...model, selected: action.name };
    case 'select-next':
      return selectNext(model, action.backwards ? -1 : 1);
    case 'reset':
      return done(drop(model), arranged({ ...overlay, placements: {} }, model.displays));
    case 'undo':
      return travel(model, 'undo', 'redo');
    case 'redo':
      return travel(model, 'redo', 'undo');
    default:
      return changeSelected(model, action, overlay.scale);
  }
}

type Of<Kind extends EditAction['kind']> = Extract<EditAction, { kind: Kind }>;

function hold(model: EditModel, held: Held): EditModel {
  // A pointer that was lost outside of the windows never dropped what it held.
  const settled = drop(model);
  return widgetNamed(settled.widgets, held.name) === undefined
    ? settled
    : { ...settled, selected: held.name, held: { ...held, before: settled.widgets } };
}

function grab(model: EditModel, { name, x, y }: Of<'grab'>): EditModel {
  const widget = widgetNamed(model.widgets, name);
  if (widget === undefined) return model;
  const { box } = widget;
  return hold(model, { kind: 'move', name, grabX: x - box.x, grabY: y - box.y, before: model.widgets });
}

function drag(model: EditModel, action: Of<'drag'>, userScale: number): EditModel {
  const { held } = model;
  const display = model.displays.find(({ id }) => id === action.displayId);
  const widget = held === null ? undefined : widgetNamed(model.widgets, held.name);
  if (held === null || display === undefined || widget === undefined) return model;
  if (held.kind === 'move') return moved(model, widget, held, display, action);
  const on = displayOf(model, widget);
  // Over another display the pointer's place means nothing for this corner.
  if (on === undefined || on.id !== display.id) return model;
  return replaced(model, resizedTo(widget, on, held.corner, action, userScale), []);
}

function moved(
  model: EditModel,
  widget: EditedWidget,
  held: Extract<Held, { kind: 'move' }>,
  display: Display,
  { x, y, free }: Of<'drag'>,
): EditModel {
  const from = displayOf(model, widget);
  const carried = from === undefined || from.id === display.id ? widget : carriedTo(widget, from, display);
  const box = inside({ ...carried.box, x: x - held.grabX, y: y - held.grabY }, display);
  if (free) return replaced(model, { ...carried, box }, []);
  const others = model.widgets.filter(
    (other) => other.name !== widget.name && other.displayId === display.id,
  );
  const snapped = snapBox(
    box,
    others.map((other) => other.box),
    display.bounds,
  );
  const guides: Guide[] = [
    ...(snapped.guideX === null ? [] : [{ displayId: display.id, axis: 'x' as const, at: snapped.guideX }]),
    ...(snapped.guideY === null ? [] : [{ displayId: display.id, axis: 'y' as const, at: snapped.guideY }]),
  ];
  const at = { ...box, x: snapped.x, y: snapped.y };
  return replaced(model, { ...carried, box: inside(at, display) }, guides);
}

function drop(model: EditModel): EditModel {
  if (model.held === null) return model;
  const { before } = model.held;
  const settled = { ...model, held: null, guides: [] };
  return done({ ...settled, widgets: before }, model.widgets);
}

function selectNext(model: EditModel, step: 1 | -1): EditModel {
  const names = model.widgets.map(({ name }) => name);
  if (names.length === 0) return model;
  const at = model.selected === null ? -1 : names.indexOf(model.selected);
  const next = at < 0 && step < 0 ? names.length - 1 : (at + step + names.length) % names.length;
  return { ...model, selected: names[next] ?? null };
}

function changeSelected(
  model: EditModel,
  action: Of<'nudge'> | Of<'grow'> | Of<'to-display'>,
  userScale: number,
): EditModel {
  const widget = model.selected === null ? undefined : widgetNamed(model.widgets, model.selected);
  const display = widget === undefined ? undefined : displayOf(model, widget);
  if (widget === undefined || display === undefined || model.held !== null) return model;
  const changed = change(model, widget, display, action, userScale);
  return done(model, withWidget(model.widgets, changed));
}

function change(
  model: EditModel,
  widget: EditedWidget,
  display: Display,
  action: Of<'nudge'> | Of<'grow'> | Of<'to-display'>,
  userScale: number,
): EditedWidget {
  switch (action.kind) {
    case 'nudge': {
      const step = gridStep * (action.big ? bigStep : 1);
      const box = { ...widget.box, x: widget.box.x + action.x * step, y: widget.box.y + action.y * step };
      return { ...widget, box: inside(box, display) };
    }
    case 'grow':
      return grownBy(widget, display, growth ** action.by, userScale);
    case 'to-display': {
      const at = model.displays.indexOf(display) + (action.backwards ? -1 : 1);
      const to = model.displays.at(at % model.displays.length) ?? display;
      return carriedTo(widget, display, to);
    }
  }
}

/** A finished step: can be undone, unless it changed nothing. */
function done(model: EditModel, widgets: Arrangement): EditModel {
  if (sameArrangement(model.widgets, widgets)) return model;
  return { ...model, widgets, undo: [...model.undo, model.widgets].slice(-mostUndo), redo: [] };
}

function travel(model: EditModel, from: 'undo' | 'redo', to: 'undo' | 'redo'): EditModel {
  const settled = drop(model);
  const widgets = settled[from].at(-1);
  if (widgets === undefined) return settled;
  return { ...settled, widgets, [from]: settled[from].slice(0, -1), [to]: [...settled[to], settled.widgets] };
}

function replaced(model: EditModel, widget: EditedWidget, guides: readonly Guide[]): EditModel {
  return { ...model, widgets: withWidget(model.widgets, widget), guides };
}

const withWidget = (widgets: Arrangement, changed: EditedWidget) =>
  widgets.map((widget) => (widget.name === changed.name ? changed : widget));

const displayOf = (model: EditModel, widget: EditedWidget) =>
  model.displays.find(({ id }) => id === widget.displayId);

/** Displays came, went or changed: everything is laid out anew from what would be saved now, and the history ends. */
export function withDisplays(
  model: EditModel,
  overlay: OverlaySettings,
  displays: readonly Display[],
): EditModel {
  const settled = drop(model);
  const placements = editedPlacements(settled, overlay);
  return { ...beginEdit({ ...overlay, placements }, displays), selected: settled.selected };
}
