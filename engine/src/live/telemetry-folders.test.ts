import { expect, test } from 'vitest';
import { iracingFolders, type Places, telemetryFolders } from './telemetry-folders.ts';

const printed = (value: string) =>
  `\r\nHKEY_CURRENT_USER\\Software\\...\\User Shell Folders\r\n    Personal    REG_EXPAND_SZ    ${value}\r\n\r\n`;
const windows = (registry: string | null, env: Record<string, string> = {}): Places => ({
  env: { USERPROFILE: 'C:\\Users\\A B', ...env },
  platform: 'win32',
  home: 'C:\\Users\\A B',
  registry: () => Promise.resolve(registry),
});

test('on Windows the registry says where Documents is, with variables in any case', async () => {
  const places = windows(printed('%userprofile%\\OneDrive\\Documents'));
  expect(await iracingFolders(places)).toEqual([
    'C:\\Users\\A B\\OneDrive\\Documents\\iRacing',
    'C:\\Users\\A B\\Documents\\iRacing',
  ]);
});

test('a folder moved to another drive, and the usual place said twice, are looked at once each', async () => {
  expect((await iracingFolders(windows(printed('D:\\My Documents'))))[0]).toBe('D:\\My Documents\\iRacing');
  expect(await iracingFolders(windows(printed('%USERPROFILE%\\Documents')))).toEqual([
    'C:\\Users\\A B\\Documents\\iRacing',
  ]);
});

test('without a registry the usual places are looked at, OneDrive’s among them', async () => {
  const places = windows(null, { OneDrive: 'C:\\Users\\A B\\OneDrive' });
  expect(await telemetryFolders(null, places)).toEqual([
    'C:\\Users\\A B\\Documents\\iRacing\\telemetry',
    'C:\\Users\\A B\\OneDrive\\Documents\\iRacing\\telemetry',
  ]);
});

test('elsewhere it is Documents in the home, and a setting wins everywhere', async () => {
  const places = { ...windows(null), platform: 'linux' as const, home: '/home/a' };
  expect(await telemetryFolders(null, places)).toEqual(['/home/a/Documents/iRacing/telemetry']);
  expect(await telemetryFolders(['/x'], places)).toEqual(['/x']);
});
