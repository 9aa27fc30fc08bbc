/** The bundle `preview.js` beside this page, which draws widgets; see `overlay/preview`. */
import type { OverlayWidgetName, SettingsMessage } from '@racing-coach/contract';

/** Resolves to a picture's `data:` address. */
export type DrawPreview = (name: OverlayWidgetName, settings: SettingsMessage) => Promise<string>;

let loading: Promise<DrawPreview> | null = null;

export function loadPreviews(): Promise<DrawPreview> {
  const address = new URL('preview/preview.js', document.baseURI).href;
  loading ??= import(address).then((module: { drawPreview: DrawPreview }) => module.drawPreview);
  return loading;
}
