/** One widget as the stage sees it: mounted once for each size of window, updated for every frame. */
import type { Container } from 'pixi.js';
import type { Kit } from '../drawing/kit.ts';
import type { HudFrame } from '../frame.ts';
import { Painted, type Presenter, type View } from '../painted.ts';
import type { WidgetName } from '../places.ts';

export interface Widget {
  readonly name: WidgetName;
  /** Makes the widget's objects in a container that the stage has placed. */
  mount(kit: Kit, root: Container): void;
  /** Whether anything visible changed. */
  update(frame: HudFrame): boolean;
}

export function widget<M extends object>(
  name: WidgetName,
  presenter: Presenter<M>,
  blank: () => M,
  view: (kit: Kit, root: Container) => View<M>,
): Widget {
  const painted = new Painted(presenter, blank);
  return {
    name,
    mount: (kit, root) => painted.show(view(kit, root)),
    update: (frame) => painted.update(frame),
  };
}
