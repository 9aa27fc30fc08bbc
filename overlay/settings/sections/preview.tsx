/** A widget as it looks with the settings of now. The HUD's code is a bundle of its own, which is fetched when the first preview is wanted. */
import type { OverlayWidgetName } from '@racing-coach/contract';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSettings } from '../page.ts';
import { loadPreviews } from './preview-port.ts';

/** Drawn before it is scrolled to: a picture takes a tenth of a second, without a graphics card more. */
const aheadMargin = '600px';

export function Preview({ name }: { name: OverlayWidgetName }) {
  const { look, widgets, hud, overlay } = useSettings();
  const host = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    // Of several that come together the last one is how it is now.
    const watch = new IntersectionObserver((seen) => setNear(seen.at(-1)?.isIntersecting === true), {
      rootMargin: aheadMargin,
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const wanted = JSON.stringify([look, widgets[name]]);
  // Deliberately not every dependency: `wanted` stands for everything that the picture depends on.
  useEffect(() => {
    if (!near || host.current === null) return;
    const element = host.current;
    const settings = { type: 'settings' as const, hud, look, widgets, hint: null, shown: overlay.widgets };
    loadPreviews()
      .then((draw) => draw(name, settings))
      .then((url) => {
        setMissing(false);
        const picture = new Image();
        picture.alt = '';
        picture.src = url;
        element.replaceChildren(picture);
      })
      .catch(() => setMissing(true));
  }, [near, wanted, name]);
  return <div ref={host} class={missing ? 'preview none' : 'preview'} aria-hidden="true" />;
}
