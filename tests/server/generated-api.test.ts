/** The API's document and its clients' types are what the application says now. `npm run generate:api` writes them. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from '../engine/racing-coach.ts';

test('server/openapi.json and contract/src/generated/server-api.ts are fresh', { timeout: 60_000 }, () => {
  const options = { cwd: root, encoding: 'utf8' as const };
  const { status, stderr } = spawnSync(process.execPath, ['server/generate-api.ts', '--check'], options);
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
