/** A session in a real browser: over plain HTTP on this machine it takes the cookie, sends it back, and no script and no other site gets at it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium } from '../visual/browser.ts';
import { killServers, post, startServer } from './server-process.ts';

if (chromiumPath === undefined) console.log('skipped: a session in a browser: no Chromium was found');

const email = 'boss@test.example';
const password = 'correct horse battery';

describe.skipIf(chromiumPath === undefined)('a session in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'racing-coach-browser-'));
  let server: Awaited<ReturnType<typeof startServer>>;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer(['--data-dir', folder]);
    const link = server.signUp?.split('#link=')[1];
    await post(`${server.api}/api/v1/auth/sign-up`, { link, email, name: 'Boss', password });
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    killServers();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page of an origin; what it is made of does not come from there. */
  async function pageAt(origin: string, page?: Page): Promise<Page> {
    const opened = page ?? (await browser.newPage());
    await opened.route(`${origin}/page`, (route) => route.fulfill({ contentType: 'text/html', body: '<p>' }));
    await opened.goto(`${origin}/page`);
    return opened;
  }

  const call = (page: Page, url: string, body?: object) =>
    page.evaluate(
      async ([address, sent]) => {
        const response = await fetch(address, {
          credentials: 'include',
          ...(sent === null
            ? {}
            : {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify(sent),
              }),
        });
        return response.status;
      },
      [url, body ?? null] as const,
    );

  test.each(['127.0.0.1', 'localhost'])('at %s', async (name) => {
    const origin = server.api.replace('127.0.0.1', name);
    const page = await pageAt(origin);
    expect(await call(page, `${origin}/api/v1/users/me`)).toBe(401);
    expect(await call(page, `${origin}/api/v1/auth/sign-in`, { email, password })).toBe(200);
    expect(await call(page, `${origin}/api/v1/users/me`)).toBe(200);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({
      name: '__Host-racing-coach',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    });

    // Another page of the same browser, elsewhere: what it sends is refused, what it asks for it cannot read.
    const elsewhere = await pageAt('http://evil.localhost:1', page);
    await expect(call(elsewhere, `${origin}/api/v1/users/me`)).rejects.toThrow(/Failed to fetch/);
    const [answer] = await Promise.all([
      elsewhere.waitForNavigation(),
      elsewhere.evaluate((action) => {
        const form = Object.assign(document.createElement('form'), { method: 'post', action });
        document.body.append(form);
        form.submit();
      }, `${origin}/api/v1/auth/sign-out`),
    ]);
    expect(answer?.status()).toBe(403);
    const back = await pageAt(origin, page);
    expect(await call(back, `${origin}/api/v1/users/me`)).toBe(200);
    await page.close();
  });
});
