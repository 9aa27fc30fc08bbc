/** Lists in pages: every order, each row exactly once, whatever the page's size; cursors that are made up are refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../new-id.ts';
import { believingAnalysis } from '../testing/believing-analysis.ts';
import { makeTeam, putMember } from '../testing/memberships.ts';
import { type TestUser, testApp } from '../testing/test-app.ts';
import { putLap, putSession, someSession } from '../testing/uploads.ts';

const app = await testApp({ parts: { analysis: believingAnalysis().analysis } });
afterAll(() => app.close());

interface Page {
  items: Record<string, unknown>[];
  next: string | null;
}

let [anna, bert, coach]: TestUser[] = [];
let team = '';
let sessions: string[] = [];

beforeAll(async () => {
  [anna, bert, coach] = [await app.makeUser(), await app.makeUser(), await app.makeUser()];
  team = await makeTeam(app.database);
  await putMember(app.database, team, anna.id, true);
  await putMember(app.database, team, bert.id, true);
  await putMember(app.database, team, coach.id, false, 'coach');
  sessions = [];
  for (const [index, user] of [anna, bert, anna, bert, anna].entries()) {
    // Two sessions of the same moment: the id decides.
    const storedAt = `2026-11-2${Math.min(index, 3)}T10:00:00.000Z`;
    const track = index === 4 ? { trackKey: 'iracing/monza' } : {};
    const reply = await putSession(user.call, `s${index}`, { storedAt, ...track });
    sessions.push((reply.json as { id: string }).id);
    for (let lap = 0; lap < 4; lap += 1) {
      if (index === 4) continue;
      const lapTimeS = 90 + ((index * 7 + lap * 3) % 5);
      await putLap(user.call, `s${index}-0-${lap}`, Buffer.from(`${index} ${lap}`), {
        sessionId: `s${index}`,
        lap,
        startSample: (3 - lap) * 1000,
        endSample: (3 - lap) * 1000 + 900,
        lapTimeS,
        ownLapTimeS: lapTimeS,
        valid: lap !== 2,
      });
    }
  }
});

const user = (who: TestUser | undefined) => who as TestUser;

async function all(
  who: TestUser | undefined,
  path: string,
  limit: number,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let after = ''; ; ) {
    const reply = await user(who).call(
      'GET',
      `/api/v1/${path}${path.includes('?') ? '&' : '?'}limit=${limit}${after}`,
    );
    expect(reply.status).toBe(200);
    const page = reply.json as Page;
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    if (page.next === null) return items;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

describe.each([1, 2, 3, 7, 100])('in pages of %i', (limit) => {
  test('sessions come newest first', async () => {
    const seen = await all(coach, 'sessions', limit);
    expect(seen.map((each) => each['id']).sort()).toEqual([...sessions].sort());
    const keys = seen.map((each) => `${String(each['startedAt'])} ${String(each['id'])}`);
    expect(keys).toEqual([...keys].sort().reverse());
  });

  test('laps come newest first, fastest first and as they were driven', async () => {
    const newest = await all(coach, 'laps', limit);
    expect(newest).toHaveLength(16);
    expect(newest.map((each) => each['id'])).toEqual(
      newest
        .map((each) => String(each['id']))
        .sort()
        .reverse(),
    );
    const track = `trackKey=${encodeURIComponent(someSession.trackKey)}&carKey=${someSession.carKey}`;
    const fastest = await all(coach, `laps?order=fastest&${track}`, limit);
    const times = fastest.map((each) => Number(each['lapTimeS']));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(fastest.map((each) => each['id'])).size).toBe(16);
    const driven = await all(coach, `laps?order=driven&sessionId=${sessions[0]}`, limit);
    expect(driven.map((each) => each['lap'])).toEqual([3, 2, 1, 0]);
  });

  test('filters leave what they name', async () => {
    const monza = await all(coach, `sessions?trackKey=${encodeURIComponent('iracing/monza')}`, limit);
    expect(monza.map((each) => each['id'])).toEqual([sessions[4]]);
    expect(await all(coach, `sessions?ownerId=${bert?.id}`, limit)).toHaveLength(2);
    expect(await all(coach, `sessions?teamId=${team}`, limit)).toHaveLength(5);
    expect(await all(coach, `sessions?teamId=${newId()}`, limit)).toHaveLength(0);
    expect(
      await all(coach, 'sessions?from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z', limit),
    ).toHaveLength(1);
    expect(await all(coach, 'laps?valid=false', limit)).toHaveLength(4);
    expect(await all(anna, `laps?ownerId=${anna?.id}`, limit)).toHaveLength(8);
  });

  test('tracks come by name', async () => {
    const tracks = await all(coach, 'tracks', limit);
    expect(tracks).toMatchObject([
      { trackKey: 'iracing/monza', sessions: 1, laps: 0, bestLapTimeS: null },
      { trackKey: someSession.trackKey, sessions: 4, laps: 16, bestLapTimeS: 90 },
    ]);
  });
});

test('orders that need one session or one track and car say so', async () => {
  for (const query of ['order=driven', 'order=fastest', `order=fastest&trackKey=x`])
    expect(await user(anna).call('GET', `/api/v1/laps?${query}`)).toMatchObject({
      status: 422,
      json: { code: 'invalid' },
    });
});

test.each([
  'x',
  'bnVsbA',
  'e30',
  Buffer.from('["a"]').toString('base64url'),
  Buffer.from('[1,2,3]').toString('base64url'),
  '9'.repeat(400),
])('the cursor %s is none of ours', async (after) => {
  for (const list of ['sessions', 'laps', 'references'])
    expect(await user(anna).call('GET', `/api/v1/${list}?after=${after}`)).toMatchObject({
      status: 400,
      json: { code: 'bad-cursor' },
    });
});

test('no list gives more than a hundred', async () => {
  for (const list of ['sessions', 'laps', 'references', 'tracks', 'boards?trackKey=a&carKey=b'])
    for (const limit of ['101', '0', '-1', '1e9', 'x'])
      expect(
        (await user(anna).call('GET', `/api/v1/${list}${list.includes('?') ? '&' : '?'}limit=${limit}`))
          .status,
      ).toBe(422);
});
