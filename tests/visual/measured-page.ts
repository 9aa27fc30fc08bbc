/** A HUD page with every widget on, fed by a scripted session, and what can be asked of it from outside: times, drawn frames, heap, textures. */
import { overlayWidgetNames, settingsMessage } from '@racing-coach/contract';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { ScriptedSession } from '../../overlay/hud/scenes/scripted-session.ts';
import { buildAndServe, launchChromium } from './browser.ts';
import { FakeHub } from './fake-hub.ts';

const token = 'a-token';
/** So many ticks go out before the page is asked how far it is: half a second, of which the page takes in every one and draws the last. */
const burst = 30;
/** A page is calm when it drew nothing for so long. */
const calmMs = 2000;

const countPanels = 'document.querySelectorAll("canvas.panel").length';
/** More than the widgets have that are shown without settings. */
const calmPanels = 6;

/** Counts what WebGL gives and gets back, in every context of the page. */
export const countTextures = `
  window.__textures = 0;
  const { createTexture, deleteTexture } = WebGL2RenderingContext.prototype;
  const alive = new WeakSet();
  WebGL2RenderingContext.prototype.createTexture = function () {
    const texture = createTexture.call(this);
    alive.add(texture);
    window.__textures += 1;
    return texture;
  };
  WebGL2RenderingContext.prototype.deleteTexture = function (texture) {
    if (texture && alive.delete(texture)) window.__textures -= 1;
    deleteTexture.call(this, texture);
  };
`;

export interface Frames {
  ms: number[];
  drawn: number;
}

export class MeasuredPage {
  readonly errors: string[] = [];
  readonly session = new ScriptedSession();
  readonly hub: FakeHub;
  readonly page: Page;
  readonly #browser: Browser;
  readonly #inspector: CDPSession;
  readonly #close: () => void;

  /** @param more flags of Chromium */
  static async open(more: string[] = []): Promise<MeasuredPage> {
    const { server, port } = await buildAndServe();
    const hub = new FakeHub(server, { token });
    const browser = await launchChromium(more);
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.addInitScript(countTextures);
    const inspector = await page.context().newCDPSession(page);
    const measured = new MeasuredPage(hub, browser, page, inspector, () => server.close());
    await page.goto(`http://127.0.0.1:${port}/hud/?token=${token}`);
    await page.waitForFunction('window.__racingCoach !== undefined');
    hub.say(settingsMessage.parse({ type: 'settings', hud: {}, shown: overlayWidgetNames }));
    // Polling within the page would be an evaluation that its policy forbids.
    while (((await page.evaluate(countPanels)) as number) <= calmPanels) await page.waitForTimeout(50);
    return measured;
  }

  private constructor(
    hub: FakeHub,
    browser: Browser,
    page: Page,
    inspector: CDPSession,
    closeServer: () => void,
  ) {
    this.hub = hub;
    this.page = page;
    this.#browser = browser;
    this.#inspector = inspector;
    this.#close = closeServer;
    page.on('pageerror', ({ message }) => this.errors.push(message));
    page.on('console', (line) => {
      if (line.type() === 'error') this.errors.push(line.text());
    });
  }

  frames(): Promise<Frames> {
    return this.page.evaluate('window.__racingCoach.frames()') as Promise<Frames>;
  }

  /** Ages of the last snapshots when they were drawn. */
  async latenciesMs(): Promise<number[]> {
    const drawn = (await this.page.evaluate('window.__racingCoach.drawn()')) as { latencyMs: number }[];
    return drawn.map(({ latencyMs }) => latencyMs);
  }

  /** Both logs begin anew; they keep some four thousand entries. */
  clear(): Promise<unknown> {
    return this.page.evaluate('window.__racingCoach.clear()');
  }

  textures(): Promise<number> {
    return this.page.evaluate('window.__textures') as Promise<number>;
  }

  /** Of the page's JavaScript, after everything that nobody holds was collected. */
  async heapBytes(): Promise<number> {
    await this.#inspector.send('HeapProfiler.collectGarbage');
    await this.#inspector.send('HeapProfiler.collectGarbage');
    return (await this.#inspector.send('Runtime.getHeapUsage')).usedSize;
  }

  /** So many ticks of the session, as fast as the page takes them. */
  async hasten(ticks: number): Promise<void> {
    for (let sent = 0; sent < ticks; sent += burst) {
      for (let tick = 0; tick < burst; tick += 1) this.hub.tick(this.session);
      await this.page.evaluate(drawnUpTo, this.session.snapshot.sequence);
    }
  }

  /** Frames that were drawn in so many seconds in which the hub went on sending the same row, once the last fade and the last word are over. */
  async drawnWhileStanding(seconds: number): Promise<number> {
    this.hub.stop();
    this.hub.stand(this.session);
    let before = -1;
    for (let waited = 0, now = (await this.frames()).drawn; now !== before && waited < 12; waited += 1) {
      before = now;
      await this.page.waitForTimeout(calmMs);
      now = (await this.frames()).drawn;
    }
    await this.page.waitForTimeout(seconds * 1000);
    this.hub.stop();
    return (await this.frames()).drawn - before;
  }

  async close(): Promise<void> {
    this.hub.stop();
    await this.#browser.close();
    this.#close();
  }
}

/** In the page: once the newest snapshot is drawn. */
async function drawnUpTo(sequence: number): Promise<void> {
  const { __racingCoach: coach } = window as unknown as { __racingCoach: { lastDrawn(): number } };
  while (coach.lastDrawn() < sequence) await new Promise(requestAnimationFrame);
}
