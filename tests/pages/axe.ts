/** What axe finds on a page, and whether what has the focus can be seen. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string | null;
  nodes: { html: string }[];
}

/**
 * Findings that are serious or critical. axe tries styles of its own, which the pages' policy refuses as it should, and says so on the console: a page that
 * listens there is not the one to give.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  // As the debugger, not as the page: the page's policy allows no script but its own.
  await page.evaluate(axeSource);
  const list = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  )) as Violation[];
  return list
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** As if the page stood over a scene of one colour: a page that is transparent has to be read over any. */
export function standOver(page: Page, colour: string): Promise<void> {
  return page.evaluate((behind) => {
    document.documentElement.style.background = behind;
  }, colour);
}

/** Where the keyboard is. */
export interface FocusStop {
  /** Tag, type and name, to be read in a report. */
  what: string;
  /** An outline of at least two pixels stands around it, or around what is drawn in its place. */
  ring: boolean;
  /** Nothing lies over its middle. */
  free: boolean;
}

export function focusStop(page: Page): Promise<FocusStop> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body)
      return { what: 'nothing', ring: true, free: true };
    const outlined = (element: Element | null) => {
      if (element === null) return false;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      return (
        outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && !outlineColor.endsWith(', 0)')
      );
    };
    // An input that is drawn by its neighbour or by its card has the outline there.
    const drawn = [at, at.nextElementSibling, at.closest('.preset')];
    const { left, top, width, height } = at.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 40));
    const free =
      over !== null &&
      (at.contains(over) || at.closest('label, .preset')?.contains(over) === true || over.contains(at));
    const name = at.getAttribute('aria-label') ?? (at.id || at.textContent.trim().slice(0, 40));
    return {
      what: `${at.tagName.toLowerCase()} ${at.getAttribute('type') ?? ''} ${name}`,
      ring: drawn.some(outlined),
      free,
    };
  });
}
