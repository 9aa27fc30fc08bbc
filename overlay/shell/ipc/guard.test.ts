import { expect, test } from 'vitest';
import { askChannels, tellChannels, type WindowKind } from './channel-names.ts';
import { type AskHandlers, askWords } from './channels.ts';
import { answerAsk, Refused, type Sender } from './guard.ts';

const windows: Record<number, WindowKind> = { 1: 'settings', 2: 'hud', 3: 'edit', 4: 'review' };
const settings: Sender = { id: 1, frameUrl: 'racing-coach://app/settings/', isTopFrame: true };
const editing: Sender = { id: 3, frameUrl: 'racing-coach://app/edit/?display=1', isTopFrame: true };

function guarded() {
  const done: unknown[][] = [];
  const logged: string[] = [];
  const note =
    (name: string) =>
    (...words: unknown[]) => {
      done.push([name, ...words]);
      return undefined;
    };
  const handlers = Object.fromEntries(
    askChannels.map(({ name }) => [name, note(name)]),
  ) as unknown as AskHandlers;
  const ask = (name: string, sender: Sender, ...words: unknown[]) =>
    answerAsk(name, sender, words, {
      kindOf: (id) => windows[id] ?? null,
      handlers,
      log: (line) => logged.push(line),
    });
  return { ask, done, logged };
}

test('the right page with the right words is heard', async () => {
  const { ask, done, logged } = guarded();
  await ask('shell:command', settings, { kind: 'show', shown: false });
  await ask('edit:act', editing, { kind: 'nudge', x: 1, y: 0, big: false });
  await ask('link:open', settings, 'https://example.org');
  await ask('obs:copy', settings, { layout: 'coach', delayMs: 1500, audio: true });
  await ask('profile:export', settings, 'wet-2');
  expect(done).toEqual([
    ['shell:command', { kind: 'show', shown: false }],
    ['edit:act', { kind: 'nudge', x: 1, y: 0, big: false }],
    ['link:open', 'https://example.org'],
    ['obs:copy', { layout: 'coach', delayMs: 1500, audio: true }],
    ['profile:export', 'wet-2'],
  ]);
  expect(logged).toEqual([]);
});

test.each<[string, string, Sender]>([
  ['a window that we did not open', 'shell:state', { ...settings, id: 99 }],
  ['a frame inside of a page', 'shell:state', { ...settings, isTopFrame: false }],
  ['a frame that is gone', 'shell:state', { ...settings, frameUrl: null }],
  ['another site', 'shell:state', { ...settings, frameUrl: 'https://racing-coach.example/app' }],
  ['a file', 'shell:state', { ...settings, frameUrl: 'file:///app/settings/index.html' }],
  [
    'a host that looks like ours',
    'shell:state',
    { ...settings, frameUrl: 'racing-coach://app.evil/settings/' },
  ],
  ['an empty page', 'shell:state', { ...settings, frameUrl: 'about:blank' }],
  ['a HUD window', 'shell:command', { id: 2, frameUrl: 'racing-coach://app/hud/', isTopFrame: true }],
  ['the settings, in edit mode’s name', 'edit:act', settings],
  ['nobody’s channel', 'fs:read', settings],
  ['a name of every object', 'constructor', settings],
  ['a told channel', 'edit:changed', editing],
  ['the HUD that would copy', 'obs:copy', { id: 2, frameUrl: 'racing-coach://app/hud/', isTopFrame: true }],
  ['edit mode that would write a file', 'profile:export', editing],
  [
    'the review that would write a file',
    'profile:export',
    { id: 4, frameUrl: 'racing-coach://app/review/', isTopFrame: true },
  ],
])('%s is refused', async (_, name, sender) => {
  const { ask, done, logged } = guarded();
  await expect(ask(name, sender)).rejects.toBeInstanceOf(Refused);
  expect(done).toEqual([]);
  expect(logged).toHaveLength(1);
});

test.each<[string, Sender, unknown[]]>([
  ['shell:command', settings, []],
  ['shell:command', settings, [{ kind: 'quit' }]],
  ['shell:command', settings, [{ kind: 'show', shown: 'yes' }]],
  ['shell:command', settings, [{ kind: 'edit' }, { kind: 'edit' }]],
  ['shell:state', settings, ['x']],
  ['obs:copy', settings, []],
  ['obs:copy', settings, ['http://127.0.0.1:47800/obs/full']],
  ['obs:copy', settings, [{ layout: '../hud', delayMs: 0, audio: false }]],
  ['obs:copy', settings, [{ layout: 'full', delayMs: 60_001, audio: false }]],
  ['obs:copy', settings, [{ layout: 'full', delayMs: 0.5, audio: false }]],
  ['obs:copy', settings, [{ layout: 'full', delayMs: 0 }]],
  ['profile:export', settings, []],
  ['profile:export', settings, ['../settings']],
  ['profile:export', settings, ['wet/use']],
  ['profile:export', settings, ['C:\\x']],
  ['profile:export', settings, ['wet', 'other']],
  ['profile:export', settings, [{ id: 'wet' }]],
  ['link:open', settings, [7]],
  ['link:open', settings, ['x'.repeat(2001)]],
  ['edit:act', editing, [{ kind: 'grab', name: 'banana', displayId: '1', x: 0, y: 0 }]],
  ['edit:act', editing, [{ kind: 'drag', displayId: '1', x: Number.NaN, y: 0, free: false }]],
  ['edit:act', editing, [{ kind: 'drag', displayId: '1', x: 1e9, y: 0, free: false }]],
  ['edit:act', editing, [null]],
])('%s with other words is refused', async (name, sender, words) => {
  const { ask, done } = guarded();
  await expect(ask(name, sender, ...words)).rejects.toBeInstanceOf(Refused);
  expect(done).toEqual([]);
});

test('a refused name cannot forge a line of the log', async () => {
  const { ask, logged } = guarded();
  await expect(ask('x\nEverything is fine.', settings)).rejects.toBeInstanceOf(Refused);
  expect(logged[0]).not.toContain('\n');
});

test('every channel has a schema, a name of its own and somebody who may use it', () => {
  expect(Object.keys(askWords).sort()).toEqual(askChannels.map(({ name }) => name).sort());
  const names = [...askChannels, ...tellChannels].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { from } of askChannels) expect(from.length).toBeGreaterThan(0);
  // What is over the sim has nothing to ask the shell for.
  expect(askChannels.flatMap(({ from }): string[] => [...from])).not.toContain('hud');
});
