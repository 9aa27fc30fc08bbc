/** Every window that should exist, as a function of what is known. `OverlayWindows` makes the difference to those that do. */
import { hudRegionQuery, type OverlaySettings } from '@racing-coach/contract';
import type { WindowKind } from '../ipc/channel-names.ts';
import type { WindowPolicy } from '../policy/window-policy.ts';
import { type AppPage, pageUrl } from '../protocol/app-scheme.ts';
import { type Display, type PlacedWidget, placeWidgets } from './placement.ts';
import type { Rect } from './rect.ts';
import { planWindows } from './window-plan.ts';
import type { WindowSpec, WindowTraits } from './window-spec.ts';

export interface Wanted {
  policy: WindowPolicy;
  overlay: OverlaySettings;
  displays: readonly Display[];
  /** The hub's address with its token; null before there was an engine. While one starts again it is the one from before. */
  hub: string | null;
  /** Ordinary windows that the user opened. */
  opened: readonly ('settings' | 'review')[];
  /** Pages that this build has. */
  pages: ReadonlySet<AppPage>;
}

const overSim = { transparent: true, frame: false, resizable: false };
const ordinary = { transparent: false, frame: true, resizable: true };
const plain: WindowTraits = {
  alwaysOnTop: false,
  clickThrough: false,
  focusable: true,
  hideFromCapture: false,
};

export function wantedWindows(wanted: Wanted): WindowSpec[] {
  const specs = [
    ...overlayWindows(wanted),
    ...captureWindows(wanted),
    ...soundWindows(wanted),
    ...ownWindows(wanted),
  ];
  return specs.filter(({ kind }) => wanted.pages.has(pageOf(kind)));
}

/** The captured window shows the HUD; every other kind has a page of its name. */
const pageOf = (kind: WindowKind): AppPage => (kind === 'capture' ? 'hud' : kind);

function overlayWindows(wanted: Wanted): WindowSpec[] {
  const { policy, hub } = wanted;
  if (policy.overlay.presence === 'closed' || hub === null) return [];
  if (policy.overlay.what === 'edit') return editWindows(wanted);
  return policy.overlay.where === 'second-monitor' ? secondMonitor(wanted, hub) : placedWindows(wanted, hub);
}

const traitsOf = ({ overlay }: WindowPolicy): WindowTraits => ({
  alwaysOnTop: overlay.alwaysOnTop,
  clickThrough: overlay.clickThrough,
  focusable: overlay.focusable,
  hideFromCapture: overlay.hideFromCapture,
});

function placedWindows({ overlay, displays, policy }: Wanted, hub: string): WindowSpec[] {
  return planWindows(placeWidgets(overlay, displays)).map(({ key, display, bounds, widgets }) => ({
    key: `hud:${key}`,
    kind: 'hud',
    title: 'Racing Coach overlay',
    url: hudUrl(display.bounds, bounds, widgets, null, hub),
    bounds,
    shown: policy.overlay.presence === 'shown',
    fixed: overSim,
    traits: traitsOf(policy),
  }));
}

function editWindows({ displays, policy }: Wanted): WindowSpec[] {
  return displays.map((display) => ({
    key: `edit:${display.id}`,
    kind: 'edit',
    title: 'Racing Coach: arrange',
    url: pageUrl('edit', new URLSearchParams({ display: display.id }).toString()),
    bounds: display.bounds,
    shown: true,
    fixed: overSim,
    traits: traitsOf(policy),
  }));
}

/** All of it on one display, opaque: nothing lies behind it. Without a second display there is no such window. */
function secondMonitor({ overlay, displays, policy }: Wanted, hub: string): WindowSpec[] {
  const display =
    displays.find(({ id }) => id === overlay.secondMonitor) ?? displays.find(({ primary }) => !primary);
  if (display === undefined) return [];
  const widgets = placeWidgets(overlay, [display]);
  return [
    {
      key: `hud:second-monitor:${display.id}`,
      kind: 'hud',
      title: 'Racing Coach',
      url: hudUrl(display.bounds, display.bounds, widgets, 'black', hub),
      bounds: display.bounds,
      shown: policy.overlay.presence === 'shown',
      fixed: { transparent: false, frame: false, resizable: false },
      traits: traitsOf(policy),
    },
  ];
}

/** Titled and focusable, because OpenKneeboard lists only such windows. */
function captureWindows({ overlay, displays, policy, hub }: Wanted): WindowSpec[] {
  const primary = displays.find((display) => display.primary) ?? displays[0];
  if (policy.capture.presence === 'closed' || hub === null || primary === undefined) return [];
  const { background, width, height } = overlay.capture;
  const stage: Display = {
    id: 'capture',
    bounds: { x: 0, y: 0, width, height },
    scaleFactor: 1,
    primary: true,
  };
  const transparent = background === 'transparent';
  const widgets = placeWidgets(overlay, [stage]);
  return [
    {
      key: `capture:${background}`,
      kind: 'capture',
      title: 'Racing Coach capture',
      url: hudUrl(stage.bounds, stage.bounds, widgets, transparent ? null : background, hub),
      bounds: { x: primary.bounds.x, y: primary.bounds.y, width, height },
      shown: true,
      fixed: { transparent, frame: !transparent, resizable: false },
      traits: plain,
    },
  ];
}

/** Never shown; it draws nothing. A window of its own, because a hidden HUD must not take the sound with it. */
function soundWindows({ policy, hub }: Wanted): WindowSpec[] {
  if (!policy.sound || hub === null) return [];
  return [
    {
      key: 'audio',
      kind: 'audio',
      title: 'Racing Coach sound',
      url: pageUrl('audio', new URLSearchParams({ hub }).toString()),
      bounds: { x: 0, y: 0, width: 100, height: 100 },
      shown: false,
      fixed: ordinary,
      traits: { ...plain, focusable: false },
    },
  ];
}

const ownTitles = { settings: 'Racing Coach settings', review: 'Racing Coach review' } as const;
const ownSizes = { settings: { width: 1040, height: 760 }, review: { width: 1440, height: 900 } } as const;

function ownWindows({ opened, displays, hub }: Wanted): WindowSpec[] {
  const primary = displays.find((display) => display.primary) ?? displays[0];
  if (primary === undefined) return [];
  return opened.map((kind) => ({
    key: kind,
    kind,
    title: ownTitles[kind],
    // Before there was an engine the page says so, and is loaded again with the engine's address.
    url: pageUrl(kind, hub === null ? '' : new URLSearchParams({ hub }).toString()),
    bounds: centred(ownSizes[kind], primary.bounds),
    shown: true,
    fixed: ordinary,
    traits: plain,
  }));
}

function centred(size: { width: number; height: number }, room: Rect): Rect {
  const width = Math.min(size.width, room.width);
  const height = Math.min(size.height, room.height);
  const x = room.x + Math.round((room.width - width) / 2);
  return { x, y: room.y + Math.round((room.height - height) / 2), width, height };
}

function hudUrl(
  display: Rect,
  window: Rect,
  widgets: readonly PlacedWidget[],
  background: 'green' | 'black' | null,
  hub: string,
): string {
  const query = hudRegionQuery({
    stage: { width: display.width, height: display.height },
    region: { ...window, x: window.x - display.x, y: window.y - display.y },
    layout: widgets.map(({ name, box, scale }) => ({ name, x: box.x, y: box.y, scale })),
    background,
    hub,
  });
  return pageUrl('hud', query);
}
