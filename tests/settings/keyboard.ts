/** Works a page by keys alone, and notes what cannot be reached, seen or moved. */
import type { Page } from 'playwright-core';
import { focusStop } from '../pages/axe.ts';

/** What there is to reach, marked in the page; a group of radio buttons is one. */
async function markControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = 'a[href], button, input, select, textarea, summary';
    const shown = [...document.querySelectorAll<HTMLElement>(all)].filter(
      (one) => one.checkVisibility() && !one.matches(':disabled'),
    );
    const nameOf = (one: HTMLElement) =>
      one instanceof HTMLInputElement && one.type === 'radio'
        ? `radio ${one.name}`
        : `${one.tagName.toLowerCase()} ${one.getAttribute('aria-label') ?? (one.id || one.textContent.trim())}`;
    for (const [index, one] of shown.entries())
      one.dataset['stop'] =
        one instanceof HTMLInputElement && one.type === 'radio' ? nameOf(one) : `${index} ${nameOf(one)}`;
    return [...new Set(shown.map((one) => one.dataset['stop'] ?? ''))];
  });
}

const stopNow = (page: Page): Promise<string | null> =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['stop'] ?? null);

/** What a control says of itself, to see whether a key changed it. */
const stateNow = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (at instanceof HTMLInputElement)
      return ['checkbox', 'radio'].includes(at.type)
        ? `${at.id} ${at.nextSibling?.textContent ?? ''} ${at.checked}`
        : at.value;
    if (at instanceof HTMLSelectElement || at instanceof HTMLTextAreaElement) return at.value;
    if (at?.tagName === 'SUMMARY') return String((at.parentElement as HTMLDetailsElement).open);
    return at?.textContent ?? '';
  });

/** The keys that change a control, and those that put it back; null where pressing has consequences that other tests look at. */
const keysOf = (page: Page): Promise<{ there: string[]; back: string[] } | null> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (at instanceof HTMLSelectElement) {
      if (at.options.length < 2) return null;
      const last = at.selectedIndex === at.options.length - 1;
      return last ? { there: ['ArrowUp'], back: ['ArrowDown'] } : { there: ['ArrowDown'], back: ['ArrowUp'] };
    }
    if (at?.matches('summary')) return { there: ['Enter'], back: ['Enter'] };
    if (at?.matches('button.keys')) return { there: ['Enter'], back: ['Escape'] };
    if (at instanceof HTMLTextAreaElement) return { there: ['x'], back: ['Backspace'] };
    // Taking a widget off the HUD takes its options off the page.
    const folds = at?.id.startsWith('widget-') === true;
    if (!(at instanceof HTMLInputElement) || at.readOnly || folds) return null;
    switch (at.type) {
      case 'checkbox':
        return { there: ['Space'], back: ['Space'] };
      case 'radio':
        return { there: ['ArrowRight'], back: ['ArrowLeft'] };
      case 'range':
        return Number(at.value) >= Number(at.max)
          ? { there: ['ArrowLeft'], back: ['ArrowRight'] }
          : { there: ['ArrowRight'], back: ['ArrowLeft'] };
      case 'number':
        return { there: ['ArrowUp'], back: ['ArrowDown'] };
      case 'text':
      case 'password':
        return { there: ['End', 'x'], back: ['Backspace'] };
      default:
        return null;
    }
  });

async function operate(page: Page): Promise<string | null> {
  const keys = await keysOf(page);
  if (keys === null) return null;
  const before = await stateNow(page);
  for (const key of keys.there) await page.keyboard.press(key);
  if ((await stateNow(page)) === before) return `does not change with ${keys.there.join(' ')}`;
  for (const key of keys.back) await page.keyboard.press(key);
  return (await stateNow(page)) === before ? null : `does not come back with ${keys.back.join(' ')}`;
}

/** From the top of the page, by Tab, to every control; works each once. Returns what is amiss. */
export async function walkByKeys(page: Page): Promise<{ reached: number; amiss: string[] }> {
  const wanted = await markControls(page);
  const left = new Set(wanted);
  const amiss: string[] = [];
  for (let step = 0; step < 2 * wanted.length + 10 && left.size > 0; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await stopNow(page);
    if (stop === null || !left.delete(stop)) continue;
    const { ring, free } = await focusStop(page);
    if (!ring) amiss.push(`${stop}: its focus is not seen`);
    if (!free) amiss.push(`${stop}: something lies over it`);
    const fault = await operate(page);
    if (fault !== null) amiss.push(`${stop}: ${fault}`);
  }
  for (const stop of left) amiss.push(`${stop}: not reached`);
  return { reached: wanted.length - left.size, amiss };
}

/** Opens every folded part by keys. */
export async function unfoldByKeys(page: Page): Promise<void> {
  const folded = () => page.locator('details:not([open]) > summary').count();
  for (let left = await folded(); left > 0; left = await folded()) {
    await page.locator('details:not([open]) > summary').first().focus();
    await page.keyboard.press('Enter');
  }
}
