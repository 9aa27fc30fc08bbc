import { overlayModes, statuses } from '@racing-coach/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDriving } from './driving.ts';
import { type ShellState, windowPolicy } from './window-policy.ts';

const driving: ShellState = {
  overlay: { mode: 'normal', autoHide: true, hideFromCapture: false },
  engineReady: true,
  status: 'coaching',
  editing: false,
  hiddenByUser: false,
  blank: false,
};
const inMode = (mode: ShellState['overlay']['mode'], change: Partial<ShellState> = {}) =>
  windowPolicy({ ...driving, ...change, overlay: { ...driving.overlay, mode } });

test('while driving: shown, on top, nothing can touch it', () => {
  expect(windowPolicy(driving)).toEqual({
    overlay: {
      presence: 'shown',
      where: 'placed',
      what: 'widgets',
      alwaysOnTop: true,
      clickThrough: true,
      focusable: false,
      hideFromCapture: false,
    },
    capture: { presence: 'closed' },
    sound: true,
    reason: null,
  });
});

describe('it leaves the screen', () => {
  test.each(['no-source', 'in-menus', 'in-garage', 'replay', 'ended', null])(
    'when the status is %s',
    (status) => {
      const policy = windowPolicy({ ...driving, status });
      expect(policy.overlay.presence).toBe('hidden');
      expect(policy.reason).toBe('Hidden until you drive.');
    },
  );
  test('not on the way, in trouble or in the pits', () => {
    for (const status of ['out-lap', 'off-track', 'in-pits', 'paused', 'caution', 'something-new'])
      expect(windowPolicy({ ...driving, status }).overlay.presence, status).toBe('shown');
  });
  test('not when the user does not want that', () => {
    const overlay = { ...driving.overlay, autoHide: false };
    expect(windowPolicy({ ...driving, overlay, status: 'in-menus' }).overlay.presence).toBe('shown');
  });
  test('when the user says so, but not while editing', () => {
    expect(windowPolicy({ ...driving, hiddenByUser: true }).overlay.presence).toBe('hidden');
    expect(windowPolicy({ ...driving, hiddenByUser: true, editing: true }).overlay.presence).toBe('shown');
  });
  test('when its cost is measured, on a second monitor too; not while it is edited', () => {
    expect(windowPolicy({ ...driving, blank: true })).toMatchObject({
      overlay: { presence: 'hidden' },
      sound: true,
      reason: 'Away while its cost is measured.',
    });
    expect(inMode('second-monitor', { blank: true }).overlay.presence).toBe('hidden');
    expect(windowPolicy({ ...driving, blank: true, editing: true }).overlay.presence).toBe('shown');
  });
  test('for good while there is no engine', () => {
    expect(windowPolicy({ ...driving, engineReady: false }).overlay.presence).toBe('closed');
    expect(windowPolicy({ ...driving, engineReady: false, editing: true }).overlay.presence).toBe('closed');
  });
});

test('edit mode takes the mouse and the keys, in the menus too', () => {
  const { overlay } = windowPolicy({ ...driving, status: 'in-menus', editing: true });
  expect(overlay).toMatchObject({
    presence: 'shown',
    clickThrough: false,
    focusable: true,
    alwaysOnTop: true,
  });
});

test('audio only has sound and no window', () => {
  const policy = inMode('audio-only', { editing: true });
  expect(policy).toMatchObject({
    overlay: { presence: 'closed' },
    capture: { presence: 'closed' },
    sound: true,
  });
});

test('on a second monitor it is an ordinary window that stays', () => {
  const { overlay } = inMode('second-monitor', { status: 'in-menus' });
  expect(overlay).toMatchObject({
    presence: 'shown',
    where: 'second-monitor',
    alwaysOnTop: false,
    clickThrough: false,
    focusable: true,
  });
});

test('the capture window stays whatever the driver and the engine do', () => {
  for (const { code } of statuses)
    for (const hiddenByUser of [true, false])
      expect(inMode('capture', { status: code, hiddenByUser }).capture.presence, code).toBe('shown');
  expect(inMode('capture', { engineReady: false }).capture.presence).toBe('shown');
});

test('every status of the table is either driving or not, and coaching is', () => {
  const away = statuses.filter(({ code }) => !isDriving(code)).map(({ code }) => code);
  expect(away.sort()).toEqual([
    'connection-lost',
    'ended',
    'in-garage',
    'in-menus',
    'loading',
    'no-source',
    'not-driving',
    'replay',
    'session-over',
  ]);
});

test('whatever the state: what lies over the sim takes no click unless it is being edited (seed 5)', () => {
  const state = fc.record({
    overlay: fc.record({
      mode: fc.constantFrom(...overlayModes),
      autoHide: fc.boolean(),
      hideFromCapture: fc.boolean(),
    }),
    engineReady: fc.boolean(),
    status: fc.constantFrom(null, ...statuses.map(({ code }) => code)),
    editing: fc.boolean(),
    hiddenByUser: fc.boolean(),
    blank: fc.boolean(),
  });
  const check = (drawn: ShellState) => {
    const { overlay, reason } = windowPolicy(drawn);
    if (overlay.alwaysOnTop && !drawn.editing)
      expect(overlay).toMatchObject({ clickThrough: true, focusable: false });
    expect(overlay.presence === 'shown').toBe(reason === null);
  };
  fc.assert(fc.property(state, check), { seed: 5, numRuns: 500 });
});
