/** Whatever happens to sessions, teams and sharing: what each user is shown is what a plain model says, by every way there is to it. */
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { believingAnalysis } from '../testing/believing-analysis.ts';
import { makeTeam, putMember, removeMember } from '../testing/memberships.ts';
import { type TestUser, testApp } from '../testing/test-app.ts';
import { putLap, putSession } from '../testing/uploads.ts';

const app = await testApp({ parts: { analysis: believingAnalysis().analysis } });
afterAll(() => app.close());

const who = fc.nat(2);
const team = fc.nat(1);
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('drive' as const), who }) },
  fc.record({ do: fc.constant('visibility' as const), who, private: fc.boolean() }),
  fc.record({ do: fc.constant('member' as const), who, team, shares: fc.boolean() }),
  fc.record({ do: fc.constant('leave' as const), who, team }),
  fc.record({ do: fc.constant('remove' as const), who }),
);

interface Driven {
  id: string;
  lapId: string;
  owner: number;
  private: boolean;
}

const ids = (reply: { json: unknown }) =>
  (reply.json as { items: { id: string }[] }).items.map((item) => item.id);

test('histories, seed 5', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 14 }), async (actions) => {
      const users: TestUser[] = [await app.makeUser(), await app.makeUser(), await app.makeUser()];
      const teams = [await makeTeam(app.database), await makeTeam(app.database)];
      const members = new Map<string, boolean>();
      let driven: Driven[] = [];
      const user = (index: number) => users[index] as TestUser;
      for (const [step, act] of actions.entries()) {
        const { call, id } = user(act.who);
        const last = driven.findLast((session) => session.owner === act.who);
        if (act.do === 'drive') {
          const session = (await putSession(call, `s${step}`)).json as { id: string };
          const lap = (await putLap(call, `l${step}`, Buffer.from(`${step}`), { sessionId: `s${step}` }))
            .json;
          driven.push({ id: session.id, lapId: (lap as { id: string }).id, owner: act.who, private: false });
        } else if (act.do === 'member') {
          await putMember(app.database, teams[act.team] ?? '', id, act.shares);
          members.set(`${act.team} ${act.who}`, act.shares);
        } else if (act.do === 'leave') {
          await removeMember(app.database, teams[act.team] ?? '', id);
          members.delete(`${act.team} ${act.who}`);
        } else if (last !== undefined && act.do === 'visibility') {
          const body = { visibility: act.private ? 'private' : 'team' };
          expect((await call('PATCH', `/api/v1/sessions/${last.id}`, { body })).status).toBe(200);
          last.private = act.private;
        } else if (last !== undefined) {
          expect((await call('DELETE', `/api/v1/sessions/${last.id}`)).status).toBe(204);
          driven = driven.filter((session) => session !== last);
        }
      }
      const sees = (viewer: number, session: Driven) =>
        session.owner === viewer ||
        (!session.private &&
          [0, 1].some(
            (each) => members.has(`${each} ${viewer}`) && members.get(`${each} ${session.owner}`) === true,
          ));
      for (const viewer of [0, 1, 2]) {
        const { call } = user(viewer);
        const seen = driven.filter((session) => sees(viewer, session));
        expect(ids(await call('GET', '/api/v1/sessions')).sort()).toEqual(seen.map(({ id }) => id).sort());
        expect(ids(await call('GET', '/api/v1/laps')).sort()).toEqual(seen.map(({ lapId }) => lapId).sort());
        for (const session of driven) {
          const status = seen.includes(session) ? 200 : 404;
          for (const path of [
            `sessions/${session.id}`,
            `laps/${session.lapId}`,
            `laps/${session.lapId}/file`,
            `laps/${session.lapId}/metrics`,
            `laps/${session.lapId}/telemetry?channels=speedMps`,
          ])
            expect((await call('GET', `/api/v1/${path}`)).status).toBe(status);
          if (session.owner === viewer) continue;
          expect((await call('DELETE', `/api/v1/laps/${session.lapId}`)).status).toBe(404);
          expect((await call('DELETE', `/api/v1/sessions/${session.id}`)).status).toBe(404);
          expect(
            (await call('PATCH', `/api/v1/sessions/${session.id}`, { body: { visibility: 'team' } })).status,
          ).toBe(404);
          const compared = await call('POST', '/api/v1/comparisons', {
            body: { lapId: session.lapId, reference: { lapId: session.lapId } },
          });
          expect(compared.status).toBe(status);
        }
      }
    }),
    { seed: 5, numRuns: process.env['RACING_COACH_LONG'] ? 100 : 15 },
  );
});
