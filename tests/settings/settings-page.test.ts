/**
 * The settings page on a real engine, in a real Chromium: the first run within its minute and seen in the HUD, every section in every theme without a finding
 * of axe, by keyboard alone, and without losing anything.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Settings, settings, themes } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, type Serving, startCoach } from '../engine/racing-coach.ts';
import { seriousFindings } from '../pages/axe.ts';
import { chromiumPath, launchChromium } from '../visual/browser.ts';

const built = existsSync(join(root, 'overlay', 'dist', 'settings', 'index.html'));
if (chromiumPath === undefined) console.log('skipped: settings page: no Chromium was found');
else if (!built) console.log('skipped: settings page: the pages are not built');

describe.skipIf(chromiumPath === undefined || !built)('the settings page', () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  /** For axe alone: it tries styles of its own, which the policy refuses as it should, and says so. */
  let audit: Page;
  let engine: Serving & { urls: { settings: string } };
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-settings-'));
    const words = ['start', '--source', `map:${join(folder, 'sim.map')}`, '--port', '0', '--no-open'];
    engine = (await startCoach(words, join(folder, 'data'))) as typeof engine;
    browser = await launchChromium();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: false });
    page = await context.newPage();
    audit = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.text().includes('Content Security Policy'))
        complaints.push(message.text());
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const kept = (): Settings =>
    settings.parse(JSON.parse(readFileSync(join(folder, 'data', 'settings.json'), 'utf8')));
  const open = async (section: string) => {
    await page.goto('about:blank');
    await page.goto(`${engine.urls.settings}#${section}`);
    await page.waitForSelector('h1');
  };
  const saved = () => expect.poll(() => page.textContent('.said')).toBe('Saved.');

  async function findings(section: string): Promise<string[]> {
    await audit.goto('about:blank');
    await audit.goto(`${engine.urls.settings}#${section}`);
    await audit.waitForSelector('h1');
    await audit.waitForLoadState('networkidle');
    for (const details of await audit.locator('summary').all()) await details.click();
    return seriousFindings(audit);
  }

  test('the first run: found or how to, one of three, and the HUD has it', async () => {
    const hud = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await hud.goto(engine.urls.hud);
    const panels = () => hud.locator('canvas.panel').count();
    await expect.poll(panels, { timeout: 30_000 }).toBe(2);

    const beganMs = performance.now();
    await page.goto(engine.urls.settings);
    await page.waitForSelector('text=Not running yet');
    expect(await page.isChecked('input[name=preset][value=quiet]')).toBe(true);
    expect(await page.locator('text=Sixteen beats').count()).toBe(0);
    expect(await findings('look')).toEqual([]);
    // By keyboard alone: down one preset, Enter.
    await page.focus('input[name=preset]:checked');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=You are set');
    await expect.poll(panels, { timeout: 15_000 }).toBe(4);
    const tookMs = performance.now() - beganMs;
    console.log(`first run: ${Math.round(tookMs)} ms from opening the page to the preset in the HUD`);
    expect(tookMs).toBeLessThan(20_000);
    expect(kept()).toMatchObject({
      firstRun: { done: true, preset: 'coach', drove: false },
      overlay: { widgets: expect.arrayContaining(['verdict', 'pedalTrace']) },
      sound: { voice: 'heart' },
    });
    await hud.close();
  });

  const sections = [
    'ready',
    'look',
    'widgets',
    'overlay',
    'sound',
    'profiles',
    'streaming',
    'recordings',
    'server',
    'rules',
    'about',
  ];
  test.each(themes)('no serious finding of axe in any section: %s', async (theme) => {
    await open('look');
    await page.check(
      `.segment:has-text("${{ dark: 'Dark', light: 'Light', 'high-contrast': 'High contrast' }[theme]}") input`,
    );
    await expect.poll(() => page.getAttribute('html', 'data-theme')).toBe(theme);
    const found: Record<string, string[]> = {};
    for (const section of sections) {
      const serious = await findings(section);
      if (serious.length > 0) found[section] = serious;
    }
    expect(found).toEqual({});
  });

  test('a number out of a box is refused beside its field, stays as typed, and costs its neighbours nothing', async () => {
    await open('streaming');
    await page.fill('#field-obs-address', 'not an address');
    await page.press('#field-obs-address', 'Enter');
    await page.waitForSelector('#field-obs-address-error');
    expect(await page.getAttribute('#field-obs-address', 'aria-invalid')).toBe('true');
    expect(await page.getAttribute('#field-obs-address', 'aria-describedby')).toContain(
      'field-obs-address-error',
    );
    await page.check('#field-obs-saveBestLaps', { force: true });
    await page.uncheck('#field-obs-saveBestLaps');
    await saved();
    expect(kept().obs).toMatchObject({ saveBestLaps: false, address: 'ws://127.0.0.1:4455' });
    expect(await page.inputValue('#field-obs-address')).toBe('not an address');
    await page.fill('#field-obs-address', 'ws://127.0.0.1:9999');
    await page.press('#field-obs-address', 'Enter');
    await expect.poll(() => kept().obs.address).toBe('ws://127.0.0.1:9999');
    expect(await page.locator('.error:not(:empty)').count()).toBe(0);
  });

  test('a change is in the file and in every page, and can be taken back with a key', async () => {
    await open('look');
    const other = await page.context().newPage();
    await other.goto(`${engine.urls.settings}#look`);
    await page.check('.segment:has-text("Light") input');
    await expect.poll(() => other.getAttribute('html', 'data-theme')).toBe('light');
    expect(kept().look.theme).toBe('light');
    await page.check('.segment:has-text("Imperial") input');
    await saved();
    await page.keyboard.press('Control+z');
    await expect.poll(() => kept().look.units).toBe('metric');
    await expect.poll(() => other.isChecked('.segment:has-text("Metric") input')).toBe(true);
    await other.close();
  });

  test('the spotter, turned on, is heard: a voice comes with it, and without one that is said', async () => {
    await open('sound');
    await page.waitForLoadState('networkidle');
    await page.selectOption('#field-sound-voice', '');
    await expect.poll(() => kept().sound.voice).toBeNull();
    await page.waitForSelector('text=Flags are said aloud once a voice is chosen');
    await page.check('#field-sound-spotter', { force: true });
    await expect.poll(() => kept().sound).toMatchObject({ spotter: true, voice: 'heart', advice: false });
    await page.selectOption('#field-sound-voice', '');
    await page.waitForSelector('text=The spotter has no voice');
    await page.uncheck('#field-sound-flags', { force: true });
    await page.uncheck('#field-sound-spotter', { force: true });
    await expect.poll(() => kept().sound).toMatchObject({ spotter: false, flags: false });
    expect(await page.locator('text=voice is chosen').count()).toBe(0);
  });

  test('an address is copied whole, and stays covered also when that fails', async () => {
    await open('streaming');
    const clipboard = (write: string) => page.evaluate(`navigator.clipboard.writeText = ${write}`);
    await clipboard('async (text) => { globalThis.copied = text; }');
    await page.click('[aria-label="Copy Minimal"]');
    await expect.poll(() => page.textContent('.said')).toBe('Minimal: copied.');
    expect(await page.evaluate('copied')).toMatch(/\/obs\/minimal\?token=[0-9a-f]+$/);
    await clipboard('() => Promise.reject(new Error("no"))');
    await page.click('[aria-label="Copy Minimal"]');
    await expect.poll(() => page.textContent('.said')).toContain('Nothing was copied.');
    expect(await page.inputValue('#obs-minimal')).toMatch(/token=•+$/);
  });

  test('a shortcut is set by pressing it', async () => {
    await open('overlay');
    await page.click('#field-overlay-muteShortcut');
    await page.keyboard.press('Control+Shift+F9');
    await expect.poll(() => kept().overlay.muteShortcut).toBe('Control+Shift+F9');
    await page.click('#field-overlay-muteShortcut');
    await page.keyboard.press('Escape');
    expect(await page.textContent('#field-overlay-muteShortcut')).toBe('Ctrl + Shift + F9');
  });

  test('a profile is made, chosen, exported and taken in beside itself', async () => {
    await open('profiles');
    await page.fill('#new-profile', 'Wet');
    await page.click('text=Make the profile');
    await page.waitForSelector('#profile-wet');
    await page.click('article >> text=Use now');
    await page.waitForSelector('text=You chose it by hand.');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('article >> text=Export'),
    ]);
    const file = join(folder, 'wet.json');
    await download.saveAs(file);
    await page.setInputFiles('#import-profile', file);
    await page.waitForSelector('#profile-wet-2');
    await page.setInputFiles('#import-profile', {
      name: 'bad.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"format":"racing-coach-profile","version":1,"name":"x","overrides":{"hub":{}}}'),
    });
    await expect
      .poll(() => page.textContent('#import-profile-problem'))
      .toContain('There is no setting'.toLowerCase().slice(9));
    expect(kept().profiles.list.map(({ name }) => name)).toEqual(['Wet', 'Wet (2)']);
  });

  test('widgets are shown as they would be drawn', async () => {
    await open('widgets');
    const picture = page.locator('article:has(#widget-deltaBar) .preview img');
    await picture.waitFor({ timeout: 30_000 });
    const before = await picture.getAttribute('src');
    expect(before).toMatch(/^data:image\/png/);
    await page.click('article:has(#widget-deltaBar) summary');
    await page.uncheck('#field-widgets-deltaBar-number');
    await expect.poll(() => picture.getAttribute('src'), { timeout: 15_000 }).not.toBe(before);
    // The profile that was chosen above sets the widgets: the change is the profile's.
    await expect.poll(() => kept().profiles.list[0]?.overrides.widgets?.deltaBar?.number).toBe(false);
    expect(kept().widgets.deltaBar.number).toBe(true);
  });

  test('nothing broke the policy of the page, and no script failed', () => {
    expect(complaints.filter((line) => !line.includes('422'))).toEqual([]);
  });
});
