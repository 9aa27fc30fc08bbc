import { expect, test } from 'vitest';
import { mayDownload } from './downloads.ts';
import { externalLink, mayNavigate } from './navigation.ts';
import { permissionGranted, permissionHeld } from './permissions.ts';

test('our pages may reach this machine’s own network, and nothing else is granted', () => {
  expect(permissionGranted('loopback-network', 'racing-coach://app/hud/')).toBe(true);
  expect(permissionGranted('loopback-network', 'racing-coach://app/')).toBe(true);
  expect(permissionGranted('loopback-network', 'https://example.org/')).toBe(false);
  expect(permissionGranted('loopback-network', '')).toBe(false);
  for (const asked of [
    'media',
    'geolocation',
    'notifications',
    'local-network',
    'openExternal',
    'hid',
    'unknown',
    'clipboard-read',
  ])
    expect(permissionGranted(asked, 'racing-coach://app/hud/'), asked).toBe(false);
});

test('devices of sound have names, but nobody may listen or look', () => {
  const page = 'racing-coach://app/settings/';
  expect(permissionHeld('media', page, 'audio')).toBe(true);
  expect(permissionHeld('media', page, 'video')).toBe(false);
  expect(permissionHeld('media', page)).toBe(false);
  expect(permissionHeld('media', 'https://example.org/', 'audio')).toBe(false);
  expect(permissionHeld('geolocation', page)).toBe(false);
  expect(permissionGranted('media', page)).toBe(false);
});

test('our pages may copy a text that a button was pressed for', () => {
  expect(permissionGranted('clipboard-sanitized-write', 'racing-coach://app/settings/')).toBe(true);
});

test.each([
  ['blob:racing-coach://app/1f0c3a52-0000-4000-8000-000000000000', true],
  ['racing-coach://app/settings/settings.js', false],
  ['blob:https://example.org/1f0c3a52', false],
  ['blob:null/1f0c3a52', false],
  ['https://example.org/setup.exe', false],
  ['data:text/html,x', false],
])('%s is saved: %s', (url, saved) => {
  expect(mayDownload(url)).toBe(saved);
});

test.each([
  ['racing-coach://app/hud/?a', 'racing-coach://app/hud/?b', true],
  ['racing-coach://app/hud/', 'racing-coach://app/settings/', false],
  ['racing-coach://app/hud/', 'https://example.org/hud/', false],
  ['racing-coach://app/hud/', 'racing-coach://evil/hud/', false],
  ['racing-coach://app/hud/', 'javascript:alert(1)', false],
  ['racing-coach://app/hud/', 'data:text/html,x', false],
  ['racing-coach://app/hud/', 'file:///hud/', false],
  ['about:blank', 'racing-coach://app/hud/', false],
])('from %s to %s: %s', (from, to, allowed) => {
  expect(mayNavigate(from, to)).toBe(allowed);
});

test.each([
  'http://github.com/',
  'https://github.com.evil.example/',
  'https://evil.example/github.com',
  'https://github.com@evil.example/',
  'https://user:password@github.com/',
  'https://github.com:444/',
  'file:///C:/Windows/System32/calc.exe',
  'ms-settings:display',
  'javascript:alert(1)',
  '\\\\evil.example\\share',
  'github.com',
  '',
])('%o is not opened', (text) => {
  expect(externalLink(text)).toBeNull();
});

test('our own links are', () => {
  expect(externalLink('https://obsproject.com/kb/browser-source')).toBe(
    'https://obsproject.com/kb/browser-source',
  );
});
