import { expect, test } from 'vitest';
import { engineAddress } from './engine-address.ts';
import { LineReader } from './line-reader.ts';

const line = (hub: string) => JSON.stringify({ ready: true, urls: { hub } });

test.each([
  '',
  'not JSON',
  '{"ready":false}',
  '{"ready":true}',
  '{"ready":true,"urls":{}}',
  line('ws://192.168.0.7:1/hub?token=1'),
  line('ws://127.0.0.1.evil.example:1/hub?token=1'),
  line('wss://127.0.0.1:1/hub?token=1'),
  line('http://127.0.0.1:1/hub?token=1'),
  line('ws://127.0.0.1:1/hub'),
  line('ws://user@evil.example/hub?token=1'),
])('%o is no address', (text) => {
  expect(engineAddress(text)).toBeNull();
});

test('the OBS address comes along where there is one', () => {
  const text = JSON.stringify({
    ready: true,
    urls: { hub: 'ws://127.0.0.1:5/hub?token=a', obs: 'http://127.0.0.1:5/obs' },
  });
  expect(engineAddress(text)).toEqual({
    port: 5,
    token: 'a',
    hub: 'ws://127.0.0.1:5/hub?token=a',
    obs: 'http://127.0.0.1:5/obs',
  });
});

test('lines come whole however they were cut, with characters cut in two', () => {
  const lines: string[] = [];
  const reader = new LineReader((text) => lines.push(text));
  const bytes = new TextEncoder().encode('grün\r\nzwei\nrest');
  for (const byte of bytes) reader.take(Uint8Array.of(byte));
  expect(lines).toEqual(['grün', 'zwei']);
});

test('a line without an end is not kept', () => {
  const lines: string[] = [];
  const reader = new LineReader((text) => lines.push(text));
  for (let n = 0; n < 10; n += 1) reader.take(new Uint8Array(10_000).fill(65));
  reader.take(new TextEncoder().encode('\nnext\n'));
  expect(lines.at(-1)).toBe('next');
  expect(lines.join('').length).toBeLessThan(65_000 + 10_000);
});
