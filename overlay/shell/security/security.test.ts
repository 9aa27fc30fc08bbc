import { expect, test } from 'vitest';
import { externalLink, mayNavigate } from './navigation.ts';
import { permissionGranted } from './permissions.ts';

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
