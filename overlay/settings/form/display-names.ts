/** Displays by what a person sees of them: size in pixels, and where they stand. */
import type { ShellDisplay } from '@racing-coach/contract';

/** In their order from the left. Two that would read the same are told apart by a number. */
export function displayNames(displays: readonly ShellDisplay[]): [id: string, name: string][] {
  const main = displays.find(({ primary }) => primary);
  const sorted = [...displays].sort((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y);
  const seen = new Map<string, number>();
  return sorted.map((display) => {
    const name = `${sizeText(display)}, ${placeText(display, main)}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return [display.id, times === 1 ? name : `${name} (${times})`];
  });
}

/** The system counts in pixels of its own size. */
function sizeText({ bounds, scaleFactor }: ShellDisplay): string {
  return `${Math.round(bounds.width * scaleFactor)} × ${Math.round(bounds.height * scaleFactor)}`;
}

function placeText(display: ShellDisplay, main: ShellDisplay | undefined): string {
  if (display.primary) return 'the main display';
  if (main === undefined) return 'another display';
  const { x, y, width, height } = display.bounds;
  if (x >= main.bounds.x + main.bounds.width) return 'right of the main one';
  if (x + width <= main.bounds.x) return 'left of the main one';
  if (y + height <= main.bounds.y) return 'above the main one';
  return y >= main.bounds.y + main.bounds.height ? 'below the main one' : 'another display';
}
