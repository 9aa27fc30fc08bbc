import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Access } from './access.ts';
import { Hub } from './hub.ts';
import { closeCodes, type HubSocket } from './hub-client.ts';
import { answerPage } from './pages.ts';
import { hostAllowed, originAllowed } from './request-guard.ts';

const seed = 20_260_101;
const numRuns = process.env['RACING_COACH_LONG'] ? 20_000 : 500;
const token = '0123456789abcdef0123456789abcdef';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-fuzz-'));
  mkdirSync(join(folder, 'pages', 'hud'), { recursive: true });
  writeFileSync(join(folder, 'pages', 'hud', 'index.html'), 'the page');
  writeFileSync(join(folder, 'secret.html'), 'the secret');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Pieces that path tricks are made of. */
const piece = fc.constantFrom(
  ...[
    '..',
    '.',
    '/',
    '//',
    '%2e',
    '%2E%2e',
    '%2f',
    '%5c',
    '\\',
    '%00',
    '%',
    'hud',
    'index.html',
    'secret.html',
    '?',
    '#',
    ':',
    'C:',
    '~',
  ],
);

test(`no address serves what lies outside the pages, or the page without its token, seed ${seed}`, async () => {
  const path = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 8 })
    .map((parts) => `/${parts.join('')}`);
  await fc.assert(
    fc.asyncProperty(path, async (text) => {
      const target = URL.parse(text, 'http://hub');
      if (target === null) return;
      const folders = { pages: join(folder, 'pages'), voices: join(folder, 'voices') };
      const { body } = await answerPage(target, folders, new Access(token));
      const said = typeof body === 'string' ? body : Buffer.from(body).toString();
      expect(said).not.toContain('the secret');
      expect(said).not.toContain('the page');
    }),
    { seed, numRuns },
  );
});

test(`whatever a page sends is understood or closes it, and the hub goes on, seed ${seed}`, () => {
  const message = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({
        type: fc.constantFrom('page', 'drawn', 'exec'),
        protocol: fc.anything(),
        name: fc.anything(),
        sequence: fc.anything(),
        latencyMs: fc.anything(),
      })
      .map((value) => JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? 1 : part))),
    fc.constant(null),
  );
  fc.assert(
    fc.property(message, (text) => {
      const closed: number[] = [];
      const socket: HubSocket = {
        bufferedAmount: 0,
        send: () => {},
        close: (code) => closed.push(code),
        terminate: () => {},
        ping: () => {},
      };
      const drawn: number[] = [];
      const hub = new Hub({ version: '1', nowMs: () => 0, onDrawn: (latencyMs) => drawn.push(latencyMs) });
      hub.join(socket).message(text);
      expect(closed.every((code) => code === closeCodes.badMessage || code === closeCodes.protocol)).toBe(
        true,
      );
      expect(drawn.every(Number.isFinite)).toBe(true);
    }),
    { seed, numRuns },
  );
});

test(`no Host or Origin but our own is allowed, seed ${seed}`, () => {
  const own = ['127.0.0.1:80', 'localhost:80', '[::1]:80'];
  const near = fc
    .tuple(fc.constantFrom(...own), fc.string({ minLength: 1, maxLength: 3 }))
    .map(([a, b]) => a + b);
  fc.assert(
    fc.property(fc.oneof(near, fc.string(), fc.domain()), (text) => {
      fc.pre(!own.includes(text.toLowerCase()));
      expect(hostAllowed(text, 80)).toBe(false);
      expect(originAllowed(`http://${text}`, 80)).toBe(false);
      expect(originAllowed(text, 80)).toBe(false);
    }),
    { seed, numRuns },
  );
});
