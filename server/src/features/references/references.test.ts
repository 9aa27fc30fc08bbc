import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { believingAnalysis } from '../../testing/believing-analysis.ts';
import { makeTeam, putMember, removeMember } from '../../testing/memberships.ts';
import { type TestUser, testApp } from '../../testing/test-app.ts';
import { putLap, putSession, sha256Of, someSession } from '../../testing/uploads.ts';

const app = await testApp({ parts: { analysis: believingAnalysis().analysis } });
afterAll(() => app.close());

let anna: TestUser;
let bert: TestUser;
let trackKey: string;
let count = 0;
beforeEach(async () => {
  [anna, bert] = [await app.makeUser(), await app.makeUser()];
  // A track of its own for each test: public references stay.
  count += 1;
  trackKey = `iracing/track-${count}`;
});

async function drive(user: TestUser, lapTimeS: number, changes: object = {}): Promise<string> {
  const name = `s${lapTimeS}`;
  await putSession(user.call, name);
  const reply = await putLap(user.call, `l${lapTimeS}`, Buffer.from(`lap ${lapTimeS}`), {
    sessionId: name,
    lapTimeS,
    ownLapTimeS: lapTimeS,
    ...changes,
  });
  const { id } = reply.json as { id: string };
  await app.database.asSystem(async (trx) => {
    await trx
      .updateTable('sessions')
      .set({ track_key: trackKey })
      .where('client_id', '=', name)
      .where('owner_id', '=', user.id)
      .execute();
    await trx.updateTable('laps').set({ track_key: trackKey }).where('id', '=', id).execute();
  });
  return id;
}

const share = (user: TestUser, lapId: string, more: object = {}) =>
  user.call('POST', '/api/v1/references', { body: { lapId, label: 'Fast', visibility: 'public', ...more } });
const idOf = (reply: { json: unknown }) => (reply.json as { id: string }).id;
const code = (reply: { json: unknown }) => (reply.json as { code?: string }).code;
const list = async (user: TestUser, query = '') => {
  const reply = await user.call('GET', `/api/v1/references?trackKey=${encodeURIComponent(trackKey)}${query}`);
  return (reply.json as { items: { id: string }[] }).items.map((item) => item.id);
};

describe('a shared reference', () => {
  test('is a copy, byte for byte, that outlives its lap', async () => {
    const lapId = await drive(anna, 90);
    const shared = await share(anna, lapId);
    expect(shared).toMatchObject({
      status: 201,
      json: {
        owner: { id: anna.id },
        lapTimeS: 90,
        trackName: someSession.trackName,
        condition: 'dry',
        rating: { mean: null, count: 0, yours: null },
      },
    });
    expect((await anna.call('DELETE', `/api/v1/laps/${lapId}`)).status).toBe(204);
    const file = await bert.call('GET', `/api/v1/references/${idOf(shared)}/file`);
    expect(file.bytes.toString()).toBe('lap 90');
    expect(file.headers['etag']).toBe(`"${sha256Of(file.bytes)}"`);
  });

  test('is one’s own good lap', async () => {
    const lapId = await drive(anna, 90);
    expect(code(await share(bert, lapId))).toBe('not-found');
    const weak = await drive(anna, 91, { referenceGrade: false, reasons: ['off-track'] });
    expect(code(await share(anna, weak))).toBe('invalid');
  });

  test('is seen by whom it is for', async () => {
    const lapId = await drive(anna, 90);
    const teamId = await makeTeam(app.database);
    expect(code(await share(anna, lapId, { visibility: 'team', teamId }))).toBe('not-found');
    expect((await share(anna, lapId, { visibility: 'team' })).status).toBe(422);
    await putMember(app.database, teamId, anna.id, false);
    const [hidden, forTeam, open] = [
      idOf(await share(anna, lapId, { visibility: 'private' })),
      idOf(await share(anna, lapId, { visibility: 'team', teamId })),
      idOf(await share(anna, lapId)),
    ];
    expect((await list(anna)).sort()).toEqual([hidden, forTeam, open].sort());
    expect(await list(bert)).toEqual([open]);
    for (const id of [hidden, forTeam])
      for (const path of ['', '/file'])
        expect(code(await bert.call('GET', `/api/v1/references/${id}${path}`))).toBe('not-found');
    await putMember(app.database, teamId, bert.id, false);
    expect((await list(bert)).sort()).toEqual([forTeam, open].sort());
    await removeMember(app.database, teamId, bert.id);
    expect(await list(bert)).toEqual([open]);
    expect(code(await bert.call('PATCH', `/api/v1/references/${open}`, { body: { label: 'x' } }))).toBe(
      'not-allowed',
    );
    expect(code(await bert.call('DELETE', `/api/v1/references/${open}`))).toBe('not-found');
    expect(
      await anna.call('PATCH', `/api/v1/references/${open}`, { body: { visibility: 'private' } }),
    ).toMatchObject({ json: { visibility: 'private' } });
    expect(await list(bert)).toEqual([]);
  });

  test('is rated by others, and once by each', async () => {
    const id = idOf(await share(anna, await drive(anna, 90)));
    const rate = (user: TestUser, stars: number) =>
      user.call('PUT', `/api/v1/references/${id}/rating`, { body: { stars } });
    expect(code(await rate(anna, 5))).toBe('not-allowed');
    expect((await rate(bert, 2)).json).toMatchObject({ rating: { mean: 2, count: 1, yours: 2 } });
    expect((await rate(bert, 4)).json).toMatchObject({ rating: { mean: 4, count: 1, yours: 4 } });
    expect((await rate(await app.makeUser(), 5)).json).toMatchObject({
      rating: { mean: 4.5, count: 2, yours: 5 },
    });
    expect((await rate(bert, 6)).status).toBe(422);
  });

  test('is reported to the admins, once by each', async () => {
    const id = idOf(await share(anna, await drive(anna, 90)));
    for (const reason of ['too fast', 'a cut'])
      expect((await bert.call('PUT', `/api/v1/references/${id}/report`, { body: { reason } })).status).toBe(
        204,
      );
    const rows = await app.database.asSystem((trx) =>
      trx.selectFrom('reference_reports').select('reason').where('reference_id', '=', id).execute(),
    );
    expect(rows).toEqual([{ reason: 'a cut' }]);
    const admin = await app.makeUser({ role: 'admin' });
    const reports = async () => {
      const reply = await admin.call('GET', '/api/v1/admin/reports?limit=100');
      return (reply.json as { items: { id: string; referenceId: string }[] }).items.filter(
        (report) => report.referenceId === id,
      );
    };
    const [first] = await reports();
    expect(first).toMatchObject({ label: 'Fast', ownerName: anna.name, reason: 'a cut' });
    expect((await admin.call('DELETE', `/api/v1/admin/reports/${first?.id}`)).status).toBe(204);
    expect(await reports()).toEqual([]);
    expect(await list(bert)).toEqual([id]);
    expect((await admin.call('DELETE', `/api/v1/admin/references/${id}`)).status).toBe(204);
    expect(await list(anna)).toEqual([]);
    expect((await admin.call('DELETE', `/api/v1/admin/references/${id}`)).status).toBe(404);
  });

  test('comes in the order that is asked for', async () => {
    const [slow, fast] = [
      idOf(await share(anna, await drive(anna, 95))),
      idOf(await share(anna, await drive(anna, 85))),
    ];
    await bert.call('PUT', `/api/v1/references/${slow}/rating`, { body: { stars: 5 } });
    expect(await list(bert, '&order=fastest')).toEqual([fast, slow]);
    expect(await list(bert, '&order=newest')).toEqual([fast, slow]);
    expect(await list(bert, '&order=best-rated')).toEqual([slow, fast]);
    expect(await list(bert, '&mine=true')).toEqual([]);
    expect(await list(anna, '&mine=true')).toHaveLength(2);
    const first = (
      await bert.call(
        'GET',
        `/api/v1/references?trackKey=${encodeURIComponent(trackKey)}&order=best-rated&limit=1`,
      )
    ).json as { next: string };
    expect(await list(bert, `&order=best-rated&limit=1&after=${first.next}`)).toEqual([fast]);
  });
});

describe('a board', () => {
  const board = async (user: TestUser, query = '') => {
    const reply = await user.call(
      'GET',
      `/api/v1/boards?trackKey=${encodeURIComponent(trackKey)}&carKey=${someSession.carKey}${query}`,
    );
    expect(reply.status).toBe(200);
    return reply.json as {
      items: {
        place: number;
        driver: { id: string };
        lapTimeS: number;
        gapS: number;
        referenceId: string | null;
      }[];
      next: string;
    };
  };

  test('has each driver once, by what the viewer may see', async () => {
    await drive(anna, 92);
    await drive(anna, 90, { assisted: true });
    const lapId = await drive(bert, 88);
    expect((await board(anna)).items).toMatchObject([
      { place: 1, driver: { id: anna.id }, lapTimeS: 90, gapS: 0 },
    ]);
    expect((await board(anna, '&assisted=no')).items).toMatchObject([{ lapTimeS: 92 }]);
    const referenceId = idOf(await share(bert, lapId));
    expect((await board(anna)).items).toMatchObject([
      { place: 1, driver: { id: bert.id }, lapTimeS: 88, gapS: 0, referenceId },
      { place: 2, driver: { id: anna.id }, lapTimeS: 90, gapS: 2, referenceId: null },
    ]);
    expect((await board(anna, '&condition=wet')).items).toEqual([]);
    expect((await board(anna, '&build=2026.11.1')).items).toHaveLength(2);
    expect((await board(anna, '&build=old')).items).toEqual([]);
    const first = await board(anna, '&limit=1');
    expect((await board(anna, `&limit=1&after=${first.next}`)).items).toMatchObject([{ place: 2, gapS: 2 }]);
  });

  test('of a team has those who share with it', async () => {
    const teamId = await makeTeam(app.database);
    await drive(anna, 90);
    await drive(bert, 91);
    await putMember(app.database, teamId, anna.id, false);
    await putMember(app.database, teamId, bert.id, true);
    expect((await board(anna, `&teamId=${teamId}`)).items).toMatchObject([{ driver: { id: bert.id } }]);
    await putMember(app.database, teamId, anna.id, true);
    expect((await board(bert, `&teamId=${teamId}`)).items.map((row) => row.driver.id)).toEqual([
      anna.id,
      bert.id,
    ]);
    expect((await board(await app.makeUser(), `&teamId=${teamId}`)).items).toEqual([]);
  });
});
