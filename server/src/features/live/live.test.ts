import type { AddressInfo } from 'node:net';
import type { ListEvent } from '@racing-coach/contract/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { MemoryEvents } from '../../events/memory-events.ts';
import { believingAnalysis } from '../../testing/believing-analysis.ts';
import { makeTeam, putMember, removeMember } from '../../testing/memberships.ts';
import { until } from '../../testing/start-redis.ts';
import { type TestUser, testApp } from '../../testing/test-app.ts';
import { putLap, putSession } from '../../testing/uploads.ts';
import { mostOfOneUser } from './listeners.ts';

const app = await testApp({ parts: { analysis: believingAnalysis().analysis, events: new MemoryEvents() } });
let origin = '';
beforeAll(async () => {
  await app.app.listen({ port: 0, host: '127.0.0.1' });
  origin = `ws://127.0.0.1:${(app.app.server.address() as AddressInfo).port}/api/v1/live`;
});
afterAll(() => app.close());

interface Ear {
  socket: WebSocket;
  heard: ListEvent[];
  closed: () => number | null;
}

async function listen(headers: Record<string, string>): Promise<Ear> {
  const socket = new WebSocket(origin, { headers });
  const heard: ListEvent[] = [];
  let code: number | null = null;
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as ListEvent));
  socket.on('close', (closeCode) => {
    code = closeCode;
  });
  socket.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve());
    socket.on('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))));
  });
  await until(() => heard.length > 0 || code !== null);
  return { socket, heard, closed: () => code };
}

const tokenOf = (user: TestUser) => app.makeToken(user.id, { kind: 'personal', scopes: ['laps:read'] });
const as = async (user: TestUser) => listen({ authorization: `Bearer ${await tokenOf(user)}` });
const types = (ear: Ear) => ear.heard.map((event) => event.type);

test('says what changed, to those who may see it, for as long as they may', async () => {
  const [anna, bert, eve] = [await app.makeUser(), await app.makeUser(), await app.makeUser()];
  const team = await makeTeam(app.database);
  await putMember(app.database, team, anna.id, true);
  await putMember(app.database, team, bert.id, false);
  const [own, mate, foreign] = [await as(anna), await as(bert), await as(eve)];
  expect(own.heard).toEqual([{ type: 'hello', protocol: 1 }]);
  const session = (await putSession(anna.call)).json as { id: string };
  const lap = (await putLap(anna.call, 'l1', Buffer.from('lap'))).json as { id: string };
  await until(() => own.heard.length === 3 && mate.heard.length === 3);
  expect(own.heard[2]).toEqual({ type: 'lap.finished', lapId: lap.id, sessionId: session.id });
  // What is sent again is no news.
  await putLap(anna.call, 'l1', Buffer.from('lap'));
  await anna.call('PATCH', `/api/v1/sessions/${session.id}`, { body: { visibility: 'private' } });
  await until(() => mate.heard.length === 4);
  expect(types(mate)).toEqual(['hello', 'session.changed', 'lap.finished', 'session.removed']);
  await putLap(anna.call, 'l2', Buffer.from('lap 2'), { lap: 2 });
  await anna.call('PATCH', `/api/v1/sessions/${session.id}`, { body: { visibility: 'team' } });
  await until(() => mate.heard.length === 5);
  expect(types(mate).at(-1)).toBe('session.changed');
  await removeMember(app.database, team, bert.id);
  await putLap(anna.call, 'l3', Buffer.from('lap 3'), { lap: 3 });
  await until(() => types(own).filter((type) => type === 'lap.finished').length === 3);
  expect(mate.heard).toHaveLength(5);
  expect(types(foreign)).toEqual(['hello']);
  for (const ear of [own, mate, foreign]) ear.socket.close();
});

test('is closed to whoever is not signed in, may not read, or comes from another site', async () => {
  const anna = await app.makeUser();
  await expect(listen({})).rejects.toThrow(/40[13]/);
  await expect(listen({ authorization: 'Bearer rc_nothing' })).rejects.toThrow('401');
  const sender = await app.makeToken(anna.id, { kind: 'device', scopes: ['laps:write'] });
  await expect(listen({ authorization: `Bearer ${sender}` })).rejects.toThrow('403');
  const session = await app.makeToken(anna.id, { kind: 'session' });
  const cookie = `__Host-racing-coach=${session}`;
  await expect(listen({ cookie, origin: 'https://evil.example' })).rejects.toThrow('403');
});

test('a socket that talks is closed, and one user has so many', async () => {
  const anna = await app.makeUser();
  const ears: Ear[] = [];
  for (let count = 0; count < mostOfOneUser; count += 1) ears.push(await as(anna));
  const last = await as(anna);
  await until(() => last.closed() !== null);
  expect(last.closed()).toBe(1013);
  ears[0]?.socket.send('hello');
  await until(() => ears[0]?.closed() !== null);
  expect(ears[0]?.closed()).toBe(1008);
  for (const ear of ears) ear.socket.close();
});

test('who signed out hears nothing more', async () => {
  const anna = await app.makeUser();
  const secret = await tokenOf(anna);
  const ear = await listen({ authorization: `Bearer ${secret}` });
  await app.database.asSystem((trx) =>
    trx.deleteFrom('tokens').where('user_id', '=', anna.id).where('kind', '=', 'personal').execute(),
  );
  await putSession(anna.call, 's9');
  const other = await as(anna);
  await putSession(anna.call, 's10');
  await until(() => other.heard.length === 2);
  expect(types(ear)).toEqual(['hello']);
  for (const each of [ear, other]) each.socket.close();
});
