import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { believingAnalysis } from '../../testing/believing-analysis.ts';
import { type TestUser, testApp } from '../../testing/test-app.ts';
import { claimOf, putLap, putSession, sha256Of } from '../../testing/uploads.ts';

const { analysis, asked } = believingAnalysis();
const app = await testApp({ parts: { analysis }, config: { quotaBytes: 1000, telemetryRows: 'on' } });
afterAll(() => app.close());

let anna: TestUser;
beforeEach(async () => {
  anna = await app.makeUser();
});
const lapFile = Buffer.from('PAR1 a lap PAR1');
const code = (reply: { json: unknown }) => (reply.json as { code?: string }).code;

describe('a session', () => {
  test('is the same one however often it comes, and takes what is new of it', async () => {
    const first = await putSession(anna.call);
    expect(first).toMatchObject({ status: 200, json: { clientId: 's1' } });
    const again = await putSession(anna.call, 's1', { carName: 'BMW M4' });
    expect(again.json).toEqual(first.json);
    const { id } = first.json as { id: string };
    expect((await anna.call('GET', `/api/v1/sessions/${id}`)).json).toMatchObject({
      carName: 'BMW M4',
      laps: 0,
    });
  });

  test('keeps its track once a lap is there', async () => {
    await putSession(anna.call);
    await putLap(anna.call, 'l1', lapFile);
    expect(code(await putSession(anna.call, 's1', { trackKey: 'iracing/monza' }))).toBe('id-taken');
    expect((await putSession(anna.call, 's1', { date: 'later' })).status).toBe(200);
  });

  test('of the same id is another one for another user', async () => {
    const bert = await app.makeUser();
    const [a, b] = [await putSession(anna.call), await putSession(bert.call)];
    expect((a.json as { id: string }).id).not.toBe((b.json as { id: string }).id);
  });
});

describe('a lap', () => {
  test('is stored once and answered the same for ever, without a second look', async () => {
    await putSession(anna.call);
    const before = asked.check;
    const first = await putLap(anna.call, 's1-0-1', lapFile);
    expect(first).toMatchObject({ status: 200, json: { clientId: 's1-0-1', sha256: sha256Of(lapFile) } });
    expect((await putLap(anna.call, 's1-0-1', lapFile)).json).toEqual(first.json);
    expect(asked.check - before).toBe(1);
    const { id } = first.json as { id: string };
    const file = await anna.call('GET', `/api/v1/laps/${id}/file`);
    expect(file.bytes.equals(lapFile)).toBe(true);
    expect(file.headers['etag']).toBe(`"${sha256Of(lapFile)}"`);
    const known = { headers: { 'if-none-match': `"${sha256Of(lapFile)}"` } };
    expect((await anna.call('GET', `/api/v1/laps/${id}/file`, known)).status).toBe(304);
  });

  test('with another content or another claim under the same id is refused', async () => {
    await putSession(anna.call);
    await putLap(anna.call, 'l1', lapFile);
    expect(code(await putLap(anna.call, 'l1', Buffer.from('another')))).toBe('id-taken');
    expect(code(await putLap(anna.call, 'l1', lapFile, { lapTimeS: 80, ownLapTimeS: 80 }))).toBe('id-taken');
    expect((await putLap(anna.call, 'l1', lapFile)).status).toBe(200);
  });

  test('that comes many times at once is stored once', async () => {
    const { id: sessionId } = (await putSession(anna.call)).json as { id: string };
    const replies = await Promise.all(Array.from({ length: 8 }, () => putLap(anna.call, 'l1', lapFile)));
    expect(new Set(replies.map((reply) => JSON.stringify(reply.json))).size).toBe(1);
    expect(replies.every((reply) => reply.status === 200)).toBe(true);
    expect((await anna.call('GET', `/api/v1/sessions/${sessionId}`)).json).toMatchObject({
      laps: 1,
      completeLaps: 1,
      bestLapTimeS: 90,
    });
  });

  test('without a file is listed, and is never a good one', async () => {
    await putSession(anna.call);
    const plain = await putLap(anna.call, 'l1', null, {
      reasons: ['gap'],
      lapTimeS: null,
      ownLapTimeS: null,
    });
    expect(plain).toMatchObject({ status: 200, json: { sha256: null } });
    const { id } = plain.json as { id: string };
    expect((await anna.call('GET', `/api/v1/laps/${id}`)).json).toMatchObject({
      complete: false,
      reasons: ['gap'],
    });
    expect(code(await anna.call('GET', `/api/v1/laps/${id}/file`))).toBe('no-lap-file');
    expect(code(await putLap(anna.call, 'l2', null, { referenceGrade: true }))).toBe('lap-contradicts');
  });

  test('needs its session, its own hash and a claim that can be read', async () => {
    expect(code(await putLap(anna.call, 'l1', lapFile))).toBe('session-missing');
    await putSession(anna.call);
    expect(code(await putLap(anna.call, 'l1', lapFile, { lapFileSha256: 'a'.repeat(64) }))).toBe(
      'hash-mismatch',
    );
    expect(code(await putLap(anna.call, 'l1', lapFile, { complete: false, referenceGrade: false }))).toBe(
      'lap-contradicts',
    );
    const headers = { 'content-type': 'application/vnd.apache.parquet' };
    for (const claim of [
      '%%%',
      Buffer.from('{').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
    ])
      expect(
        code(
          await anna.call('PUT', '/api/v1/uploads/laps/l1', {
            headers: { ...headers, 'lap-claim': claim },
            body: lapFile,
          }),
        ),
      ).toBe('claim-invalid');
    expect((await anna.call('PUT', '/api/v1/uploads/laps/l1', { headers, body: lapFile })).status).toBe(422);
    expect(
      (
        await anna.call('PUT', '/api/v1/uploads/laps/l1', {
          headers: { 'content-type': 'text/plain', 'lap-claim': 'e30' },
          body: lapFile,
        })
      ).status,
    ).toBe(415);
  });

  test('is refused when the account is full, and fits again when something was deleted', async () => {
    await putSession(anna.call);
    const big = (fill: number) => Buffer.alloc(600, fill);
    const first = await putLap(anna.call, 'l1', big(1));
    expect(code(await putLap(anna.call, 'l2', big(2)))).toBe('quota-exceeded');
    expect((await anna.call('DELETE', `/api/v1/laps/${(first.json as { id: string }).id}`)).status).toBe(204);
    expect((await putLap(anna.call, 'l2', big(2))).status).toBe(200);
  });

  test('asks for its rows to be filled', async () => {
    await putSession(anna.call);
    const { id } = (await putLap(anna.call, 'l1', lapFile)).json as { id: string };
    const jobs = await app.database.asSystem((trx) =>
      trx.selectFrom('jobs').select('kind').where('lap_id', '=', id).execute(),
    );
    expect(jobs).toEqual([{ kind: 'fill-telemetry' }]);
  });

  test('is known afterwards, and nobody else’s is', async () => {
    await putSession(anna.call);
    const { id } = (await putLap(anna.call, 'l1', lapFile)).json as { id: string };
    const bert = await app.makeUser();
    const ask = (user: TestUser) =>
      user.call('POST', '/api/v1/uploads/known', { body: { lapIds: ['l1', 'l2'] } });
    expect((await ask(anna)).json).toEqual({
      laps: [{ clientId: 'l1', id, lapFileSha256: sha256Of(lapFile) }],
      removed: [],
    });
    expect((await ask(bert)).json).toEqual({ laps: [], removed: [] });
    // What is deleted here stays deleted, until it is sent on purpose.
    expect((await anna.call('DELETE', `/api/v1/laps/${id}`)).status).toBe(204);
    expect((await ask(anna)).json).toEqual({ laps: [], removed: ['l1'] });
    expect((await ask(bert)).json).toEqual({ laps: [], removed: [] });
    expect((await putLap(anna.call, 'l1', lapFile)).status).toBe(200);
    expect((await ask(anna)).json).toMatchObject({ laps: [{ clientId: 'l1' }], removed: [] });
  });
});

test('a token of an engine sends and does not read', async () => {
  const engine = await anna.callWith('laps:write', 'references:read');
  await putSession(engine);
  expect((await putLap(engine, 'l1', lapFile)).status).toBe(200);
  expect(code(await engine('GET', '/api/v1/laps'))).toBe('wrong-scope');
  const reader = await anna.callWith('laps:read');
  expect(code(await putLap(reader, 'l2', lapFile))).toBe('wrong-scope');
});

test('the claim of a test is one that the contract takes', () => {
  expect(claimOf(lapFile).complete).toBe(true);
});
