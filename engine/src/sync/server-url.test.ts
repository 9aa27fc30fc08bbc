import { expect, test } from 'vitest';
import { serverOrigin, serverUrlProblem } from './server-url.ts';

test.each([
  ['https://laps.example.org', 'https://laps.example.org'],
  ['https://laps.example.org:8443/some/path?x=1', 'https://laps.example.org:8443'],
  ['http://127.0.0.1:8484', 'http://127.0.0.1:8484'],
  ['http://localhost:8484/', 'http://localhost:8484'],
  ['http://[::1]:8484', 'http://[::1]:8484'],
])('%s will do', (text, origin) => {
  expect(serverUrlProblem(text)).toBeNull();
  expect(serverOrigin(text)).toBe(origin);
});

test.each([
  ['http://laps.example.org', 'https:// only'],
  ['http://192.168.1.20:8484', 'https:// only'],
  ['http://127.0.0.1.example.org', 'https:// only'],
  ['http://localhost.example.org', 'https:// only'],
  ['ftp://laps.example.org', 'begins with https://'],
  ['https://ada:secret@laps.example.org', 'no name and no password'],
  ['laps.example.org', 'no address of a server'],
  ['', 'no address of a server'],
])('%s will not', (text, why) => {
  expect(serverUrlProblem(text)).toContain(why);
  expect(() => serverOrigin(text)).toThrow(expect.objectContaining({ code: 'usage' }));
});
