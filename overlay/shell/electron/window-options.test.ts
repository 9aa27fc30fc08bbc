import { defaultSettings } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { windowPolicy } from '../policy/window-policy.ts';
import { appPages } from '../protocol/app-scheme.ts';
import { fullHd } from '../testing/fake-ports.ts';
import { wantedWindows } from '../windows/wanted-windows.ts';
import { windowOptions } from './window-options.ts';

const overlayWith = (mode: 'normal' | 'capture' | 'second-monitor') => ({ ...defaultSettings.overlay, mode });
const specs = (['normal', 'capture', 'second-monitor'] as const).flatMap((mode) =>
  [true, false].flatMap((editing) => {
    const overlay = overlayWith(mode);
    const policy = windowPolicy({
      overlay,
      engineReady: true,
      status: 'coaching',
      editing,
      hiddenByUser: false,
      blank: false,
      level: 'full',
    });
    return wantedWindows({
      policy,
      overlay,
      level: 'full',
      displays: [fullHd, { ...fullHd, id: '2', primary: false }],
      hub: 'ws://127.0.0.1:1/hub?token=1',
      opened: ['settings', 'review'],
      pages: new Set(appPages),
    });
  }),
);

test('there is a window of every kind to look at', () => {
  const kinds = new Set(specs.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['audio', 'capture', 'edit', 'hud', 'review', 'settings']);
});

test.each(specs.map((spec) => [spec.key, spec] as const))('%s: its page has no power', (_, spec) => {
  expect(windowOptions(spec, '/app/preload.cjs').webPreferences).toMatchObject({
    preload: '/app/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
  });
});

test('what lies over the sim is a bare, transparent window that never takes the focus and is shown by us', () => {
  const spec = specs.find(({ kind }) => kind === 'hud');
  if (spec === undefined) throw new Error('no HUD');
  expect(windowOptions(spec, '')).toMatchObject({
    show: false,
    frame: false,
    transparent: true,
    backgroundColor: '#00000000',
    resizable: false,
    focusable: false,
    skipTaskbar: true,
    hasShadow: false,
    alwaysOnTop: true,
    webPreferences: { backgroundThrottling: false },
  });
});

test('a window with a frame is in the task bar', () => {
  const spec = specs.find(({ kind }) => kind === 'settings');
  if (spec === undefined) throw new Error('no settings');
  expect(windowOptions(spec, '')).toMatchObject({
    frame: true,
    transparent: false,
    skipTaskbar: false,
    focusable: true,
  });
});
