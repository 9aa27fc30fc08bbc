/**
 * The review page on a real engine, in a real Chromium: what it shows is what `analyze` prints for the same recording, in every theme and width without a finding of axe, by
 * keyboard alone, and when there is nothing, or no engine.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, type FileAnalysis, type Settings, themes } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedText, lapTimeText } from '../../overlay/hud/number-text.ts';
import { root, runCoach, type Serving, startCoach } from '../engine/racing-coach.ts';
import { seriousFindings } from '../pages/axe.ts';
import { chromiumPath, launchChromium } from '../visual/browser.ts';

const built = existsSync(join(root, 'overlay', 'dist', 'review', 'index.html'));
if (chromiumPath === undefined) console.log('skipped: review page: no Chromium was found');
else if (!built) console.log('skipped: review page: the pages are not built');

const recording = join(root, 'reference-laps', 'demo-session.ibt');

describe.skipIf(chromiumPath === undefined || !built)('the review page', () => {
  let folder: string;
  let data: string;
  let browser: Browser;
  let page: Page;
  let engine: Serving & { urls: { review: string } };
  let analysed: FileAnalysis;
  const complaints: string[] = [];

  const startEngine = async () => {
    const words = ['start', '--source', `map:${join(folder, 'sim.map')}`, '--port', '0', '--no-open'];
    return (await startCoach(words, data)) as typeof engine;
  };
  const openPage = async (width: number): Promise<Page> => {
    const made = await browser.newPage({ viewport: { width, height: 900 } });
    made.setDefaultTimeout(10_000);
    made.on('pageerror', (error) => complaints.push(error.message));
    made.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    return made;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-review-'));
    data = join(folder, 'data');
    const recordings = join(folder, 'recordings');
    mkdirSync(recordings);
    copyFileSync(recording, join(recordings, 'demo.ibt'));
    mkdirSync(data);
    keepSettings({
      ...defaultSettings,
      recordings: { ...defaultSettings.recordings, folders: [recordings] },
    });
    const words = ['simulate', '--laps', '4', '--seed', '8', '--out', join(recordings, 'other.ibt')];
    expect(await runCoach(words, data)).toMatchObject({ status: 0 });
    // What was written just now may still grow, and is not offered.
    for (const name of readdirSync(recordings)) utimesSync(join(recordings, name), 1e9, 1e9);
    const printed = await runCoach(['analyze', recording, '--json'], data);
    // Not parsed: that would leave out what the contract does not name.
    analysed = JSON.parse(printed.out).files[0];
    engine = await startEngine();
    browser = await launchChromium();
    page = await openPage(1440);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('without a session it says what to do', async () => {
    await page.goto(engine.urls.review);
    await page.waitForSelector('h1:text("No session yet")');
    expect(await seriousFindings(await audited(1440))).toEqual([]);
  });

  test('what is taken in meanwhile is there when the page is looked at again', async () => {
    const { recordings } = (await ask('recordings')) as { recordings: { id: string; file: string }[] };
    // The demo last, so that it is the newest.
    for (const { id } of recordings.sort((a, b) => (a.file < b.file ? 1 : -1)))
      await ask(`recordings/${id}/import`, 'POST');
    expect(recordings).toHaveLength(2);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.waitForSelector('.sessions li:nth-child(2)');
    expect(await page.textContent('h1')).toBe(analysed.track.name);
  });

  test('every lap stands as analyze prints it', async () => {
    await page.goto('about:blank');
    await page.goto(engine.urls.review);
    await page.waitForSelector('.laps tbody tr');
    const shown = await cells('.laps tbody tr');
    expect(shown.map(([lap, time]) => [lap?.replace('Lap ', ''), time])).toEqual(
      analysed.laps.map(({ lap, lapTimeS }) => [
        String(lap),
        lapTimeS === null ? '–' : lapTimeText(lapTimeS),
      ]),
    );
    const valid = analysed.laps.filter((lap) => lap.valid);
    const times = valid
      .flatMap(({ lapTimeS }) => (lapTimeS === null ? [] : [lapTimeS]))
      .sort((a, b) => a - b);
    const [best, median] = await page.locator('.figures dd').allTextContents();
    expect(best).toContain(lapTimeText(times[0] ?? 0));
    expect(median).toContain(lapTimeText(times[Math.floor(times.length / 2)] ?? 0));
  });

  test('every corner of every whole lap stands as analyze prints it', async () => {
    for (const lap of analysed.laps.filter(({ complete }) => complete)) {
      await page.click(`.laps button[data-lap$="-${lap.stint}-${lap.lap}"]`);
      await page.waitForSelector(`#corners-title:has-text("Corners of lap ${lap.lap}")`);
      await page.waitForSelector('.corners tbody tr');
      const isBest = !(await page.textContent('#corners-title'))?.includes('against');
      const shown = await cells('.corners tbody tr');
      const place = (m: number | null) => (m === null ? '–' : fixedText(m, 0));
      const speed = (mps: number) => fixedText(mps * 3.6, 0);
      expect(shown.map((row) => (isBest ? row : row.toSpliced(2, 1)))).toEqual(
        lap.corners.map((corner) => [
          corner.name ?? `Turn ${corner.id.slice(1)}`,
          fixedText(corner.timeS, 3),
          place((corner as { brakeOnsetM?: number | null }).brakeOnsetM ?? null),
          speed(corner.entrySpeedMps),
          speed(corner.minSpeedMps),
          speed(corner.exitSpeedMps),
          place(corner.fullThrottleM),
        ]),
      );
    }
  });

  test('a reload shows the same session and lap', async () => {
    await page.click('.sessions li:nth-child(2) a');
    await page.click('.laps tbody tr:nth-child(3)');
    const [title, figures] = [await page.textContent('#corners-title'), await page.textContent('.figures')];
    await page.reload();
    await page.waitForSelector('.corners tbody tr');
    expect(await page.textContent('#corners-title')).toBe(title);
    expect(await page.textContent('.figures')).toBe(figures);
  });

  test('by keyboard alone: to another session, to its laps, from lap to lap', async () => {
    await page.goto('about:blank');
    await page.goto(engine.urls.review);
    await page.waitForSelector('.laps tbody tr');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.sessions li:nth-child(2) a[aria-current]');
    for (let tabs = 0; tabs < 6; tabs += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.closest('.laps') !== null)) break;
    }
    const before = await page.textContent('#corners-title');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.textContent('#corners-title')).toContain('Corners of lap 1');
    expect(before).not.toContain('Corners of lap 1 ');
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement as Element).outlineWidth,
    );
    expect(Number.parseFloat(outline)).toBeGreaterThanOrEqual(2);
  });

  test.each([360, 800, 1440, 3840])('at %i pixels nothing is wider than the window', async (width) => {
    const narrow = await openPage(width);
    for (const hash of ['', await chosenHash()]) {
      await narrow.goto('about:blank');
      await narrow.goto(`${engine.urls.review}${hash}`);
      await narrow.waitForSelector('.frame');
      await narrow.waitForTimeout(200);
      const room = await narrow.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(room[0]).toBeLessThanOrEqual(room[1] ?? 0);
    }
    await narrow.close();
  });

  test('an engine that went away is said, and the page goes on when it is back', async () => {
    const port = new URL(engine.urls.review).port;
    await engine.stop();
    await page.waitForSelector('[role="alert"]:has-text("The engine does not answer")');
    const words = ['start', '--source', `map:${join(folder, 'sim.map')}`, '--port', port, '--no-open'];
    engine = (await startCoach(words, data)) as typeof engine;
    await page.waitForSelector('[role="alert"]', { state: 'detached' });
  });

  test.each(themes)('axe finds nothing serious in the theme %s', async (theme) => {
    await engine.stop();
    keepSettings({ ...defaultSettings, look: { ...defaultSettings.look, theme } });
    engine = await startEngine();
    for (const width of [360, 1440]) {
      const audit = await audited(width, await chosenHash());
      expect(await audit.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
      expect(await seriousFindings(audit)).toEqual([]);
      await audit.close();
    }
  });

  test('nothing was complained of', () => expect(complaints).toEqual([]));

  async function ask(path: string, method = 'GET'): Promise<unknown> {
    const headers = { authorization: `Bearer ${new URL(engine.urls.review).searchParams.get('token')}` };
    const answer = await fetch(new URL(`/api/${path}`, engine.urls.review), { method, headers });
    expect(answer.status).toBe(200);
    return answer.json();
  }

  function keepSettings(kept: Settings): void {
    writeFileSync(join(data, 'settings.json'), JSON.stringify(kept));
  }

  async function audited(width: number, hash = ''): Promise<Page> {
    const audit = await browser.newPage({ viewport: { width, height: 900 } });
    await audit.goto(`${engine.urls.review}${hash}`);
    await audit.waitForSelector(hash === '' ? 'h1' : '.corners tbody tr');
    return audit;
  }

  async function chosenHash(): Promise<string> {
    const { sessions } = (await ask('sessions')) as { sessions: { id: string }[] };
    return `#session=${sessions[0]?.id}&lap=${sessions[0]?.id}-0-2`;
  }

  const cells = (rows: string): Promise<string[][]> =>
    page
      .locator(rows)
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
      );
});
