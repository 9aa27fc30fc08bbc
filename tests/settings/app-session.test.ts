/** The settings page in the desktop app: what it cannot do itself under the app's session, the app does, and it says so only when that is true. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Settings, settings } from '@racing-coach/contract';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPages } from '../../overlay/build.ts';
import { beside, fullHd } from '../../overlay/shell/testing/fake-ports.ts';
import { type Serving, startCoach } from '../engine/racing-coach.ts';
import { chromiumPath, launchChromium } from '../visual/browser.ts';
import { type AppAround, appAround } from './app-around-page.ts';

if (chromiumPath === undefined) console.log('skipped: the settings in the app: no Chromium was found');

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wide = { ...beside, bounds: { x: 1920, y: 0, width: 2560, height: 1440 } };

describe.skipIf(chromiumPath === undefined)('the settings page in the app', () => {
  let folder: string;
  let browser: Browser;
  let engine: Serving;
  let app: AppAround;
  const files: string[] = [];
  let chosen = true;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-app-settings-'));
    const pages = join(folder, 'pages');
    await buildPages(pages, (name) => ['settings', 'preview', 'audio'].includes(name));
    const words = ['start', '--source', `map:${join(folder, 'sim.map')}`, '--port', '0', '--no-open'];
    engine = await startCoach(words, join(folder, 'data'));
    browser = await launchChromium(['--use-fake-device-for-media-stream']);
    const saveText = async (name: string, text: string) => {
      if (!chosen) return false;
      files.push(name);
      writeFileSync(join(folder, name), text);
      return true;
    };
    const change = { displays: [fullHd, wide], taken: ['Control+Alt+M'], ports: { saveText } };
    app = await appAround(engine, pages, browser, change);
  }, 120_000);
  afterAll(async () => {
    await app?.close();
    await browser?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const kept = (): Settings =>
    settings.parse(JSON.parse(readFileSync(join(folder, 'data', 'settings.json'), 'utf8')));
  const said = () => expect.poll(() => app.page.textContent('.said'));

  test('the first run is done there', async () => {
    await app.open('look');
    await app.page.click('text=Start with Quiet');
    await app.page.waitForSelector('text=Keys to know');
    expect(kept().firstRun).toMatchObject({ done: true, preset: 'quiet' });
  });

  test('the session refuses what the app’s refuses', async () => {
    await app.open('streaming');
    const clipboard = `navigator.clipboard.writeText('x').then(() => 'copied', () => 'refused')`;
    expect(await app.page.evaluate(clipboard)).toBe('refused');
    const listens = `navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'listens', () => 'refused')`;
    expect(await app.page.evaluate(listens)).toBe('refused');
  });

  test('an address is copied with what was chosen, and its token is never uncovered', async () => {
    await app.open('streaming');
    await app.page.fill('#obs-delay', '1500');
    await app.page.press('#obs-delay', 'Tab');
    await app.page.check('#obs-audio');
    await app.page.click('[aria-label="Copy Coach view"]');
    await said().toBe('Coach view: copied.');
    const copied = app.world.done.at(-1) ?? '';
    expect(copied).toMatch(
      /^copy http:\/\/127\.0\.0\.1:\d+\/obs\/coach\?token=[0-9a-f]{32,}&delay=1500&audio=1$/,
    );
    expect(await app.page.inputValue('#obs-coach')).toMatch(/token=•+&delay=1500&audio=1$/);
    const token = new URL(copied.slice(5)).searchParams.get('token') ?? '';
    app.world.engines.at(-1)?.exit(1);
    await app.page.click('[aria-label="Copy Full"]');
    await said().toContain('The engine is not running');
    expect(await app.page.inputValue('#obs-full')).not.toContain(token);
    // The same engine answers again: the shell is told as at a start.
    app.world.clock.pass(500);
    app.world.engines.at(-1)?.line(JSON.stringify({ ready: true, urls: engine.urls }));
  });

  test('a profile is written by the app, and said to be only then', async () => {
    await app.open('profiles');
    await app.page.fill('#new-profile', 'Wet');
    await app.page.click('text=Make the profile');
    await app.page.waitForSelector('#profile-wet');
    chosen = false;
    await app.page.click('article >> text=Export');
    await said().toBe('Nothing was written.');
    expect(files).toEqual([]);
    chosen = true;
    await app.page.click('article >> text=Export');
    await said().toBe('“Wet” is written to a file.');
    expect(files).toEqual(['wet.racing-coach.json']);
    await app.page.setInputFiles('#import-profile', join(folder, 'wet.racing-coach.json'));
    await app.page.waitForSelector('#profile-wet-2');
  });

  test('a list that somebody else changed meanwhile is not written over', async () => {
    await app.open('profiles');
    await app.page.waitForSelector('#profile-wet');
    const address = app.world.shell.engineAddress;
    const send = (method: string, path: string, body: unknown) =>
      fetch(`http://127.0.0.1:${address?.port}/api/${path}`, {
        method,
        headers: { authorization: `Bearer ${address?.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    // The page hears of the change only after it was asked to clone.
    await app.page.route('**/api/settings/profiles', async (route) => {
      await send('PUT', 'settings/profiles', { list: [], rules: [] });
      await route.continue();
    });
    await app.page.locator('article:has(#profile-wet) >> text=Clone').first().click();
    await said().toMatch(/changed/i);
    await app.page.unroute('**/api/settings/profiles');
    expect(kept().profiles.list).toEqual([]);
  });

  test('keys that another program holds are said beside them', async () => {
    await app.open('overlay');
    const mute = app.page.locator('.row:has(#field-overlay-muteShortcut)');
    await expect.poll(() => mute.textContent()).toContain('Another program holds these keys');
    expect(await app.page.getAttribute('#field-overlay-muteShortcut', 'aria-describedby')).toContain('error');
    expect(await app.page.locator('.row.wrong').count()).toBe(1);
  });

  test('what holds only after a restart says so, until it is as it was', async () => {
    await app.open('overlay');
    const notice = app.page.locator('text=Changed, and not in use yet');
    await app.page.uncheck('#field-overlay-gpu-occlusionTracking');
    await notice.waitFor();
    await app.page.check('#field-overlay-gpu-occlusionTracking');
    await notice.waitFor({ state: 'detached' });
  });

  test('the sim’s graphics settings are looked at, and again when asked', async () => {
    app.world.ini = '[MonitorSetup]\r\nfullScreen=1\r\n';
    await app.open('overlay');
    await app.page.waitForSelector('.findings .bad:has-text("exclusive full screen")');
    app.world.ini = '[MonitorSetup]\r\nfullScreen=0\r\nborder=0\r\n';
    await app.page.click('.group:has-text("Does it show over the sim?") >> text=Look again');
    await app.page.waitForSelector('.findings .good:has-text("the overlay shows")');
  });

  test('the second monitor is chosen by what it looks like, and the overlay goes there', async () => {
    await app.open('overlay');
    await app.page.selectOption('#field-overlay-mode', 'second-monitor');
    await app.page.selectOption('#field-overlay-secondMonitor', {
      label: '2560 × 1440, right of the main one',
    });
    await expect.poll(() => kept().overlay.secondMonitor).toBe('2');
    await expect.poll(() => app.world.kind('hud').map(({ spec }) => spec.bounds)).toEqual([wide.bounds]);
    app.world.displays = [fullHd];
    app.world.shell.displaysChanged();
    await app.page.waitForSelector('text=One display is all there is');
    app.world.displays = [fullHd, wide];
    app.world.shell.displaysChanged();
  });

  test('the capture window has the size and the background that are chosen', async () => {
    await app.open('overlay');
    await app.page.selectOption('#field-overlay-mode', 'capture');
    await app.page.check('.row:has-text("Background") .segment:has-text("Green") input');
    await app.page.fill('#field-overlay-capture-width', '800');
    await app.page.press('#field-overlay-capture-width', 'Enter');
    await expect.poll(() => kept().overlay.capture).toMatchObject({ background: 'green', width: 800 });
    const [window] = app.world.kind('capture');
    expect(window?.spec.key).toBe('capture:green');
    await expect.poll(() => window?.log).toContain('size 800,720');
    expect(app.world.kind('capture')).toEqual([window]);
    await app.page.fill('#field-overlay-capture-height', '7');
    await app.page.press('#field-overlay-capture-height', 'Enter');
    await app.page.waitForSelector('#field-overlay-capture-height-error');
    expect(kept().overlay.capture.height).toBe(720);
    await app.page.fill('#field-overlay-capture-height', '720');
    await app.page.press('#field-overlay-capture-height', 'Enter');
    await app.page.waitForSelector('#field-overlay-capture-height-error', { state: 'detached' });
  });

  test('an own voice is fetched through the app', async () => {
    mkdirSync(join(folder, 'data', 'voices', 'mine'), { recursive: true });
    writeFileSync(join(folder, 'data', 'voices', 'mine', 'box.flac'), 'fLaC');
    writeFileSync(join(folder, 'data', 'voices', 'mine', 'notes.txt'), 'mine alone');
    const got = (path: string) =>
      app.page.evaluate(
        `fetch(${JSON.stringify(path)}).then(async (answer) => [answer.status, answer.headers.get('content-type'), await answer.text()])`,
      );
    expect(await got('/voices/mine/box.flac')).toEqual([200, 'audio/flac', 'fLaC']);
    const [status] = (await got('/voices/mine/notes.txt')) as unknown[];
    expect(status).toBe(404);
  });

  test('outputs are listed by name where the session lets the page have the names', async () => {
    const names = () => app.page.locator('#field-sound-device option').allTextContents();
    await app.mayNameDevices(false);
    await app.open('sound');
    expect(await names()).toEqual(['As the system']);
    await app.mayNameDevices(true);
    await app.open('sound');
    await expect.poll(async () => (await names()).length).toBeGreaterThan(1);
    expect((await names()).filter((name) => /default/i.test(name))).toEqual([]);
    const device = (await names())[1] ?? '';
    await app.page.selectOption('#field-sound-device', { label: device });
    await expect.poll(() => kept().sound.device).toMatch(/^[0-9a-f]{64}$/);
    // Away again, it must not vanish from the list, or it would be lost with the next change.
    await app.mayNameDevices(false);
    await app.open('sound');
    expect(await names()).toEqual(['As the system', 'The device chosen before']);
    await app.page.selectOption('#field-sound-device', { label: 'As the system' });
    await expect.poll(() => kept().sound.device).toBeNull();
  });

  test('nothing broke the policy of the page, and no script failed', () => {
    // Before axe comes, which tries styles of its own. Refused and missing answers of the tests above.
    expect(app.complaints.filter((line) => !/status of (404|409|412|422|503)/.test(line))).toEqual([]);
  });

  test.each(['overlay', 'streaming', 'sound'])('no serious finding of axe: %s', async (section) => {
    await app.open(section);
    await app.page.waitForLoadState('networkidle');
    await app.page.evaluate(axeSource);
    const found = await app.page.evaluate(
      "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))",
    );
    expect(found).toEqual([]);
  });
});
