import { describe, expect, test } from 'vitest';
import { externalLink, mayNavigate } from './navigation.ts';
import { permissionChecked, permissionGranted } from './permissions.ts';

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

describe('the names of sound outputs', () => {
  const check = { permission: 'speaker-selection', isTopFrame: true };
  test.each(['settings', 'audio'])('are for the page %s, which may not listen', (page) => {
    const from = `racing-coach://app/${page}/?hub=x`;
    expect(permissionChecked({ ...check, from })).toBe(true);
    expect(permissionChecked({ ...check, from, isTopFrame: false })).toBe(false);
    expect(permissionGranted('speaker-selection', from)).toBe(false);
    for (const permission of ['media', 'clipboard-read', 'clipboard-sanitized-write', 'unknown'])
      expect(permissionChecked({ ...check, from, permission }), permission).toBe(false);
  });
  test.each([
    'racing-coach://app/hud/',
    'racing-coach://app/',
    'racing-coach://app',
    'racing-coach://app/hud/settings/',
    'racing-coach://evil/settings/',
    'https://example.org/settings/',
    '',
  ])('are not for %o', (from) => {
    expect(permissionChecked({ ...check, from })).toBe(false);
  });
  test('what may be asked for may be checked', () => {
    const own = { permission: 'loopback-network', isTopFrame: false, from: 'racing-coach://app/hud/' };
    expect(permissionChecked(own)).toBe(true);
    expect(permissionChecked({ ...own, from: 'https://example.org/' })).toBe(false);
  });
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
