/** Up, down, Home and End move the keyboard within a list. */

type Arrow = { key: string; target: EventTarget | null; preventDefault(): void };

/** @param selector what can have the keyboard in it. @returns what has it now, null where the key meant something else */
export function arrowTo(event: Arrow, list: HTMLElement | null, selector: string): HTMLElement | null {
  const stops = [...(list?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const at = stops.indexOf(event.target as HTMLElement);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: stops.length - 1 }[event.key];
  const stop = to === undefined || at < 0 ? undefined : stops[to];
  if (stop === undefined) return null;
  event.preventDefault();
  stop.focus();
  stop.scrollIntoView({ block: 'nearest' });
  return stop;
}
