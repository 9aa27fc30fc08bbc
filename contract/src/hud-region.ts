/**
 * The address of one HUD window, written by the shell and read by the page. The page lays the widgets out on a stage of the display's size and
 * shows the window's part of it. All numbers are CSS pixels (Electron's DIP) from the display's top left corner.
 *
 *   ?stage=1920,1080&region=716,20,488,36&layout=deltaBar:750,24,1;status:718,24,1&hub=ws://127.0.0.1:…
 */
import { type OverlayWidgetName, overlayWidgetNames } from './overlay-layout.ts';

export interface HudRegion {
  /** The display. */
  stage: { width: number; height: number };
  /** The window. */
  region: { x: number; y: number; width: number; height: number };
  /** The window's widgets with their top left corner on the stage, and CSS pixels for a layout pixel. */
  layout: readonly { name: OverlayWidgetName; x: number; y: number; scale: number }[];
  /** Behind the widgets, in windows that are captured; null is transparent. */
  background: 'green' | 'black' | null;
  /** The hub's address with its token; null where the page comes from the hub itself. */
  hub: string | null;
}

/** A scale is multiplied by a widget's size: with eight decimals the product is the same number of pixels on any display. */
const short = (value: number) => String(Math.round(value * 1e8) / 1e8);

export function hudRegionQuery({ stage, region, layout, background, hub }: HudRegion): string {
  const query = new URLSearchParams();
  query.set('stage', [stage.width, stage.height].map(short).join(','));
  query.set('region', [region.x, region.y, region.width, region.height].map(short).join(','));
  const places = layout.map(({ name, x, y, scale }) => `${name}:${[x, y, scale].map(short).join(',')}`);
  query.set('layout', places.join(';'));
  if (background !== null) query.set('background', background);
  if (hub !== null) query.set('hub', hub);
  return query.toString();
}

/** Null when there is no region or it is not a region: then the page is a HUD of its own window's size. */
export function readHudRegion(query: URLSearchParams): HudRegion | null {
  const stage = numbers(query.get('stage'), 2);
  const region = numbers(query.get('region'), 4);
  const layout = readLayout(query.get('layout') ?? '');
  if (stage === null || region === null || layout === null) return null;
  const [width = 0, height = 0] = stage;
  const [x = 0, y = 0, regionWidth = 0, regionHeight = 0] = region;
  if (width <= 0 || height <= 0 || regionWidth <= 0 || regionHeight <= 0) return null;
  const background = query.get('background');
  return {
    stage: { width, height },
    region: { x, y, width: regionWidth, height: regionHeight },
    layout,
    background: background === 'green' || background === 'black' ? background : null,
    hub: readHub(query.get('hub')),
  };
}

function numbers(text: string | null, count: number): number[] | null {
  if (text === null || text === '') return null;
  const values = text.split(',').map(Number);
  return values.length === count && values.every(Number.isFinite) ? values : null;
}

const isWidget = (name: string): name is OverlayWidgetName =>
  (overlayWidgetNames as readonly string[]).includes(name);

function readLayout(text: string): HudRegion['layout'] | null {
  const places = text.split(';').map((part) => {
    const [name = '', at = ''] = part.split(':');
    const [x = 0, y = 0, scale = 0] = numbers(at, 3) ?? [];
    return isWidget(name) && scale > 0 ? { name, x, y, scale } : null;
  });
  return places.every((place) => place !== null) ? places : null;
}

/** Only a hub on this machine: an address that someone pasted must not take the page elsewhere. */
function readHub(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text);
  return url?.protocol === 'ws:' && url.hostname === '127.0.0.1' ? url.href : null;
}
