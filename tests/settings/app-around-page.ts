/**
 * The desktop app around the settings page, as far as it can be had without Electron: the real shell, guard and protocol before a real engine, and a
 * Chromium that gives the page what the app's session gives: no clipboard, no downloads, no microphone, and the names of sound outputs.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as whole } from 'node:stream/consumers';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { HubSocket } from '../../overlay/shell/engine/status-watch.ts';
import { answerAsk } from '../../overlay/shell/ipc/guard.ts';
import { answerApp } from '../../overlay/shell/protocol/app-protocol.ts';
import { appOrigin } from '../../overlay/shell/protocol/app-scheme.ts';
import { pageFolder } from '../../overlay/shell/protocol/page-folder.ts';
import { type FakeWindow, type World, world } from '../../overlay/shell/testing/fake-ports.ts';
import type { Serving } from '../engine/racing-coach.ts';

export interface AppAround {
  world: World;
  page: Page;
  /** Loads the page anew on one of its sections. */
  open(section: string): Promise<void>;
  /** The check with which Chromium decides about the names of sound outputs; the app's session grants it. */
  mayNameDevices(may: boolean): Promise<void>;
  /** What the page complained of. */
  complaints: string[];
  close(): Promise<void>;
}

/** The app with its settings window open. @param pages folder of the built pages */
export async function appAround(
  engine: Serving,
  pages: string,
  browser: Browser,
  change: Parameters<typeof world>[1] = {},
): Promise<AppAround> {
  const made = world(
    {},
    { ...change, ports: { fetch: (url, init) => fetch(url, init), openHub, ...change?.ports } },
  );
  made.shell.start();
  made.engines.at(-1)?.line(JSON.stringify({ ready: true, urls: engine.urls }));
  made.shell.secondInstance();
  const [window] = made.kind('settings');
  if (window === undefined) throw new Error('The shell opened no settings.');
  const server = await serve(made, pages);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = await browser.newContext({ viewport: { width: 1040, height: 760 } });
  const setPermission = await asTheSession(context, origin);
  const page = await context.newPage();
  await bridge(page, made, window);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy'))
      complaints.push(message.text());
  });
  return {
    world: made,
    page,
    complaints,
    mayNameDevices: (may) => setPermission('speaker-selection', may ? 'granted' : 'denied'),
    open: async (section) => {
      await page.goto('about:blank');
      await page.goto(`${window.spec.url.replace(appOrigin, origin)}#${section}`);
      await page.waitForSelector('h1');
    },
    close: async () => {
      await context.close();
      await made.shell.quit();
      server.closeAllConnections();
      server.close();
    },
  };
}

const openHub = ({ hub }: { hub: string }) => new WebSocket(hub) as unknown as HubSocket;

/** Chromium without Electron does not know our scheme: the same answers over HTTP. */
async function serve(made: World, pages: string): Promise<Server> {
  const readPage = pageFolder(pages);
  const server = createServer(async (request, response) => {
    const { method = 'GET' } = request;
    const body = method === 'GET' || method === 'HEAD' ? null : await whole(request);
    const headers = request.headers as Record<string, string>;
    const answer = await answerApp(new Request(`${appOrigin}${request.url}`, { method, headers, body }), {
      readPage,
      engine: () => made.shell.engineAddress,
      fetch: (url, init) => fetch(url, init),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
}

type SetPermission = (name: string, setting: 'granted' | 'denied') => Promise<void>;

/** What `session.ts` and `permissions.ts` refuse is refused here. */
async function asTheSession(context: BrowserContext, origin: string): Promise<SetPermission> {
  const page = await context.newPage();
  const { targetInfo } = await (await context.newCDPSession(page)).send('Target.getTargetInfo');
  const session = await context.browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('There is no browser.');
  const { browserContextId = '' } = targetInfo;
  const setPermission: SetPermission = async (name, setting) => {
    await session.send('Browser.setPermission', {
      permission: { name },
      setting,
      origin,
      browserContextId,
    });
  };
  const refused = [
    'clipboard-write',
    'clipboard-read',
    'microphone',
    'camera',
    'notifications',
    'geolocation',
  ];
  for (const name of refused) await setPermission(name, 'denied');
  await session.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId });
  await page.close();
  return setPermission;
}

/** The preload script's part, over the real guard. The hub knows the app's origin, which this page cannot have: its socket goes through us. */
async function bridge(page: Page, made: World, window: FakeWindow): Promise<void> {
  const { kindOf, handlers } = made.shell;
  const sender = { id: window.id, frameUrl: window.spec.url, isTopFrame: true };
  await page.exposeFunction('asked', (name: string, ...words: unknown[]) =>
    answerAsk(name, sender, words, { kindOf, handlers, log: () => {} }),
  );
  await page.addInitScript(() => {
    const own = globalThis as unknown as Record<string, unknown>;
    const heard = new Map<string, (words: unknown) => void>();
    own['told'] = (name: string, words: unknown) => heard.get(name)?.(words);
    own['racingCoach'] = {
      ask: own['asked'],
      listen: (name: string, run: (words: unknown) => void) => {
        heard.set(name, run);
        return () => heard.delete(name);
      },
    };
  });
  window.tell = (channel, words) => {
    const call = `globalThis.told?.(${JSON.stringify(channel)}, ${JSON.stringify(words)})`;
    void page.evaluate(call).catch(() => {});
  };
  await page.routeWebSocket(/\/hub\?/, (socket) => {
    const hub = new WebSocket(socket.url());
    hub.binaryType = 'arraybuffer';
    hub.onmessage = ({ data }) => socket.send(typeof data === 'string' ? data : Buffer.from(data));
    hub.onclose = () => void socket.close().catch(() => {});
    socket.onMessage((data) => hub.send(typeof data === 'string' ? data : new Uint8Array(data)));
    socket.onClose(() => hub.close());
  });
}
