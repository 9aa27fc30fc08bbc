import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, type TestUser, testApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

type Role = 'owner' | 'coach' | 'driver';
const body = (value: unknown) => ({ body: value });

async function invite(teamId: string, who: TestUser, role: Role): Promise<string> {
  const reply = await who.call('POST', `/api/v1/teams/${teamId}/invitations`, body({ role }));
  expect(reply.status).toBe(201);
  return /#link=(.+)$/.exec((reply.json as { url: string }).url)?.[1] ?? '';
}

const join = (who: TestUser, link: string, sharesSessions = false) =>
  who.call('POST', '/api/v1/teams/join', body({ link, sharesSessions }));

/** A team with one of each role. */
async function makeTeam() {
  const owner = await app.makeUser();
  const reply = await owner.call('POST', '/api/v1/teams', body({ name: 'Crew' }));
  expect(reply).toMatchObject({ status: 201, json: { role: 'owner', members: 1, sharesSessions: false } });
  const { id } = reply.json as { id: string };
  const [coach, driver] = [await app.makeUser(), await app.makeUser()];
  expect((await join(coach, await invite(id, owner, 'coach'))).status).toBe(200);
  expect((await join(driver, await invite(id, coach, 'driver'), true)).json).toMatchObject({
    role: 'driver',
    members: 3,
    sharesSessions: true,
  });
  return { id, path: `/api/v1/teams/${id}`, owner, coach, driver, stranger: await app.makeUser() };
}

test('a team does not exist for whoever is not in it', async () => {
  const { path, stranger, driver } = await makeTeam();
  const tries: [string, string, object?][] = [
    ['GET', path],
    ['PATCH', path, { name: 'Mine' }],
    ['DELETE', path],
    ['GET', `${path}/members`],
    ['PATCH', `${path}/members/${driver.id}`, { role: 'owner' }],
    ['DELETE', `${path}/members/${driver.id}`],
    ['GET', `${path}/invitations`],
    ['POST', `${path}/invitations`, { role: 'driver' }],
  ];
  for (const [method, address, sent] of tries)
    expect((await stranger.call(method, address, sent === undefined ? {} : body(sent))).status).toBe(404);
  expect((await stranger.call('GET', '/api/v1/teams')).json).toEqual({ items: [], next: null });
});

test('what each role may do', async () => {
  const { path, owner, coach, driver } = await makeTeam();
  const members = (await driver.call('GET', `${path}/members`)).json as { items: { role: string }[] };
  expect(members.items.map(({ role }) => role).sort()).toEqual(['coach', 'driver', 'owner']);
  for (const who of [coach, driver]) {
    expect((await who.call('PATCH', path, body({ name: 'No' }))).status).toBe(403);
    expect((await who.call('DELETE', path)).status).toBe(403);
    expect((await who.call('DELETE', `${path}/members/${owner.id}`)).status).toBe(403);
    expect((await who.call('PATCH', `${path}/members/${who.id}`, body({ role: 'owner' }))).status).toBe(403);
  }
  expect((await coach.call('POST', `${path}/invitations`, body({ role: 'coach' }))).status).toBe(403);
  expect((await driver.call('POST', `${path}/invitations`, body({ role: 'driver' }))).status).toBe(403);
  expect((await driver.call('GET', `${path}/invitations`)).status).toBe(403);
  expect((await owner.call('PATCH', path, body({ name: 'New' }))).json).toMatchObject({ name: 'New' });
});

test('only a member himself says what he shares', async () => {
  const { path, owner, driver } = await makeTeam();
  const change = (who: TestUser) =>
    who.call('PATCH', `${path}/members/${driver.id}`, body({ sharesSessions: false }));
  expect((await change(owner)).status).toBe(403);
  expect((await change(driver)).json).toMatchObject({ sharesSessions: false });
});

test('the last owner stays until there is another', async () => {
  const { path, owner, coach } = await makeTeam();
  const lastOwner = { status: 409, json: { code: 'last-owner' } };
  expect(await owner.call('DELETE', `${path}/members/${owner.id}`)).toMatchObject(lastOwner);
  expect(await owner.call('PATCH', `${path}/members/${owner.id}`, body({ role: 'driver' }))).toMatchObject(
    lastOwner,
  );
  expect((await owner.call('PATCH', `${path}/members/${coach.id}`, body({ role: 'owner' }))).status).toBe(
    200,
  );
  expect((await owner.call('DELETE', `${path}/members/${owner.id}`)).status).toBe(204);
  expect((await owner.call('GET', path)).status).toBe(404);
});

test('two owners who leave at once leave one behind', async () => {
  const { path, owner, coach } = await makeTeam();
  await owner.call('PATCH', `${path}/members/${coach.id}`, body({ role: 'owner' }));
  const replies = await Promise.all(
    [owner, coach].map((who) => who.call('DELETE', `${path}/members/${who.id}`)),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([204, 409]);
});

test('an invitation brings one person in, can be withdrawn, and is no use to a member', async () => {
  const { id, path, owner, coach, stranger } = await makeTeam();
  const link = await invite(id, owner, 'driver');
  expect(await join(coach, link)).toMatchObject({ status: 409 });
  expect((await join(stranger, link)).status).toBe(200);
  expect(await join(await app.makeUser(), link)).toMatchObject({ status: 410, json: { code: 'gone' } });

  const another = await invite(id, owner, 'coach');
  const list = (await owner.call('GET', `${path}/invitations`)).json as { items: { id: string }[] };
  expect(list.items).toMatchObject([{ role: 'coach', invitedBy: owner.name }]);
  const place = `${path}/invitations/${list.items[0]?.id}`;
  // A coach invites drivers alone, and withdraws no more than that.
  expect((await coach.call('DELETE', place)).status).toBe(404);
  expect((await owner.call('DELETE', place)).status).toBe(204);
  expect((await join(await app.makeUser(), another)).status).toBe(410);
});

test('whoever is removed sees the team no more', async () => {
  const { path, owner, driver } = await makeTeam();
  expect((await owner.call('DELETE', `${path}/members/${driver.id}`)).status).toBe(204);
  expect((await driver.call('GET', path)).status).toBe(404);
  expect((await owner.call('DELETE', `${path}/members/${driver.id}`)).status).toBe(404);
});
