import { defaultSettings } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { EngineApi } from './engine-api.ts';

function answering(status: number, body: unknown) {
  const asked: { url: string; init: RequestInit }[] = [];
  const api = new EngineApi({ port: 47800, token: 'secret' }, async (url, init) => {
    asked.push({ url, init });
    return new Response(JSON.stringify(body), { status });
  });
  return { api, asked };
}

test('asks this machine alone, with the token in a header and not in the address', async () => {
  const { api, asked } = answering(200, defaultSettings);
  expect(await api.settings()).toEqual(defaultSettings);
  expect(asked[0]?.url).toBe('http://127.0.0.1:47800/api/settings');
  expect(asked[0]?.init.headers).toEqual({ authorization: 'Bearer secret' });
});

test('writes its own section', async () => {
  const { api, asked } = answering(200, {});
  await api.saveOverlay({ ...defaultSettings.overlay, scale: 2 });
  expect(asked[0]?.url).toBe('http://127.0.0.1:47800/api/settings/overlay');
  expect(asked[0]?.init.method).toBe('PUT');
  expect(JSON.parse(String(asked[0]?.init.body))).toMatchObject({ scale: 2 });
});

test.each([
  [404, { error: {} }, /GET \/api\/settings with 404/],
  [200, { version: 99 }, /does not know/],
  [200, 'nonsense', /does not know/],
])('%i with %o is refused', async (status, body, message) => {
  await expect(answering(status, body).api.settings()).rejects.toThrow(message);
});
