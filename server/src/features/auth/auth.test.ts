import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days, minutes } from '../../clock.ts';
import { makeLink } from '../../identity/links.ts';
import { hashPassword } from '../../identity/passwords.ts';
import { sessionCookieName } from '../../identity/session-cookie.ts';
import { type Reply, type TestApp, testApp } from '../../testing/test-app.ts';

const password = 'correct horse battery';
let app: TestApp;
let passwordHash: string;

beforeAll(async () => {
  app = await testApp();
  passwordHash = await hashPassword(password);
});
afterAll(() => app.close());

let addresses = 0;
/** An address that nothing was counted for yet. */
const newAddress = () => `198.51.100.${++addresses}`;

const signIn = (
  email: string,
  typed = password,
  options: { headers?: Record<string, string>; from?: string } = {},
) =>
  app.call('POST', '/api/v1/auth/sign-in', {
    body: { email, password: typed },
    headers: options.headers ?? {},
    remoteAddress: options.from ?? newAddress(),
  });

const setCookies = (reply: Reply) => [reply.headers['set-cookie'] ?? []].flat().map(String);
const cookieOf = (reply: Reply) => setCookies(reply)[0]?.split(';')[0] ?? '';
/** A problem without the id of its request. */
const withoutId = ({ json, status }: Reply) => ({ status, json: { ...(json as object), requestId: '' } });
const me = (cookie: string) => app.callWithHeaders({ cookie })('GET', '/api/v1/users/me');

describe('signing in', () => {
  test('gives the user and a cookie that no script and no other site can use', async () => {
    const user = await app.makeUser({ passwordHash });
    const reply = await signIn(user.email.toUpperCase());
    expect(reply).toMatchObject({ status: 200, json: { id: user.id, email: user.email } });
    expect(Object.keys(reply.json as object)).not.toContain('passwordHash');
    const [cookie] = setCookies(reply);
    expect(cookie).toMatch(/^__Host-racing-coach=rc_/);
    expect(cookie).toMatch(/Path=\/(;|$)/);
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(flag);
    expect(cookie).not.toContain('Domain');
    expect(await me(cookieOf(reply))).toMatchObject({ status: 200, json: { id: user.id } });
    expect(reply.headers['cache-control']).toContain('no-store');
  });

  test('a new session has a new secret, and the planted one ends', async () => {
    const user = await app.makeUser({ passwordHash });
    const first = cookieOf(await signIn(user.email));
    const planted = `${sessionCookieName}=rc_${'A'.repeat(43)}`;
    for (const before of [first, planted]) {
      const reply = await signIn(user.email, password, { headers: { cookie: before } });
      expect(cookieOf(reply)).not.toBe(before);
      expect((await me(before)).status).toBe(401);
      expect((await me(cookieOf(reply))).status).toBe(200);
    }
  });

  test('an unknown address, a wrong password and a disabled account are answered alike', async () => {
    const user = await app.makeUser({ passwordHash });
    const disabled = await app.makeUser({ passwordHash });
    await app.database.asSystem((trx) =>
      trx.updateTable('users').set({ disabled: true }).where('id', '=', disabled.id).execute(),
    );
    const replies = [
      await signIn('nobody@test.example', 'wrong password'),
      await signIn(user.email, 'wrong password'),
      await signIn(disabled.email),
    ];
    for (const reply of replies) expect(withoutId(reply)).toEqual(withoutId(replies[0] as Reply));
    expect(replies[0]).toMatchObject({ status: 401, json: { code: 'wrong-credentials' } });
    expect(setCookies(replies[1] as Reply)).toEqual([]);
  });

  test('too many failures lock an account at an address, known or not, and nobody else', async () => {
    const user = await app.makeUser({ passwordHash });
    const [attacker, home] = [newAddress(), newAddress()];
    const guess = async (email: string) => {
      const codes = [];
      for (let turn = 0; turn < 8; turn += 1)
        codes.push((await signIn(email, 'wrong password', { from: attacker })).status);
      return codes;
    };
    const known = await guess(user.email);
    expect(known).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
    expect(await guess('nobody-else@test.example')).toEqual(known);
    // Locked is locked, also for the right password: it tells nothing.
    const locked = await signIn(user.email, password, { from: attacker });
    expect(locked).toMatchObject({ status: 429, json: { code: 'locked-out' } });
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0);
    // The owner elsewhere gets in, and another account from the same address does.
    expect((await signIn(user.email, password, { from: home })).status).toBe(200);
    const other = await app.makeUser({ passwordHash });
    expect((await signIn(other.email, password, { from: attacker })).status).toBe(200);
    app.wait(minutes(16));
    expect((await signIn(user.email, password, { from: attacker })).status).toBe(200);
  });

  test('many attempts at once are counted each', async () => {
    const user = await app.makeUser({ passwordHash });
    const from = newAddress();
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => signIn(user.email, 'wrong password', { from })),
    );
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(6);
  });

  test('an address that tries many accounts is locked, its whole IPv6 network with it', async () => {
    const user = await app.makeUser({ passwordHash });
    const statuses = [];
    for (let turn = 0; turn < 61; turn += 1) {
      const from = `2001:db8:7:7::${turn.toString(16)}`;
      statuses.push((await signIn(`guess${turn}@test.example`, 'wrong password', { from })).status);
      // The limit of requests in a minute is another thing.
      app.wait(2000);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(60);
    expect((await signIn(user.email, password, { from: '2001:db8:7:7:ffff::1' })).status).toBe(429);
    expect((await signIn(user.email, password, { from: '2001:db8:7:8::1' })).status).toBe(200);
  }, 60_000);

  test('signing out ends the session', async () => {
    const user = await app.makeUser({ passwordHash });
    const cookie = cookieOf(await signIn(user.email));
    const reply = await app.callWithHeaders({ cookie })('POST', '/api/v1/auth/sign-out');
    expect(reply.status).toBe(204);
    expect(setCookies(reply)[0]).toMatch(/^__Host-racing-coach=;/);
    expect((await me(cookie)).status).toBe(401);
  });

  test('a session ends when it is not used for a week, and after a month in any case', async () => {
    const user = await app.makeUser({ passwordHash });
    const idle = cookieOf(await signIn(user.email));
    const used = cookieOf(await signIn(user.email));
    for (let day = 0; day < 29; day += 1) {
      app.wait(days(1));
      expect((await me(used)).status).toBe(200);
      if (day === 8) expect((await me(idle)).status).toBe(401);
    }
    app.wait(days(1));
    expect((await me(used)).status).toBe(401);
  });

  test('the secret of a session is taken in the cookie alone, that of a token as bearer alone', async () => {
    const user = await app.makeUser({ passwordHash });
    const session = cookieOf(await signIn(user.email)).split('=')[1] ?? '';
    const token = await app.makeToken(user.id, { kind: 'personal', scopes: ['account'] });
    const call = (headers: Record<string, string>) => app.callWithHeaders(headers)('GET', '/api/v1/users/me');
    expect((await call({ authorization: `Bearer ${session}` })).status).toBe(401);
    expect((await call({ cookie: `${sessionCookieName}=${token}` })).status).toBe(401);
    expect((await call({ authorization: `Bearer ${token}` })).status).toBe(200);
    // A token that does not exist is not made up for by a cookie that does.
    const cookie = `${sessionCookieName}=${session}`;
    expect((await call({ authorization: 'Bearer nonsense', cookie })).status).toBe(401);
    expect((await call({ authorization: 'Basic eDp5', cookie })).status).toBe(401);
  });
});

describe('signing up', () => {
  const link = async (role: 'admin' | 'user' = 'user') =>
    (
      await app.database.asSystem((trx) =>
        makeLink(trx, { kind: 'sign-up', role, createdBy: null }, app.now()),
      )
    ).secret;
  const signUp = (secret: string, email: string) =>
    app.call('POST', '/api/v1/auth/sign-up', {
      body: { link: secret, email, name: 'Somebody', password },
      remoteAddress: newAddress(),
    });

  test('a link makes one account', async () => {
    const secret = await link();
    expect(await signUp(secret, 'first@test.example')).toMatchObject({
      status: 202,
      json: { status: 'accepted' },
    });
    expect(await signUp(secret, 'second@test.example')).toMatchObject({
      status: 410,
      json: { code: 'gone' },
    });
    expect(await signIn('first@test.example')).toMatchObject({ status: 200, json: { role: 'user' } });
    expect((await signIn('second@test.example')).status).toBe(401);
  });

  test('of two who use a link at once one gets it', async () => {
    const secret = await link();
    const replies = await Promise.all([
      signUp(secret, 'race1@test.example'),
      signUp(secret, 'race2@test.example'),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 410]);
  });

  test('an address that has an account is answered alike, keeps its password, and the link is used up', async () => {
    const user = await app.makeUser({ passwordHash: await hashPassword('another password here') });
    const secret = await link();
    const known = await signUp(secret, user.email);
    const unknown = await signUp(await link(), 'fresh@test.example');
    expect(withoutId(known)).toEqual(withoutId(unknown));
    expect((await signIn(user.email, 'another password here')).status).toBe(200);
    expect((await signIn(user.email)).status).toBe(401);
    expect((await signUp(secret, 'probe@test.example')).status).toBe(410);
    expect(app.letters.some(({ to }) => to === user.email)).toBe(true);
  });

  test('a link runs out, and one for a new password is none to sign up', async () => {
    const secret = await link();
    app.wait(days(8));
    expect((await signUp(secret, 'late@test.example')).status).toBe(410);
    const user = await app.makeUser();
    const reset = await app.database.asSystem((trx) =>
      makeLink(trx, { kind: 'reset', userId: user.id, createdBy: null }, app.now()),
    );
    expect((await signUp(reset.secret, 'wrong-kind@test.example')).status).toBe(410);
  });

  test('the first admin voids the other links that the server made for one', async () => {
    const [first, second] = [await link('admin'), await link('admin')];
    expect((await signUp(first, 'boss@test.example')).status).toBe(202);
    expect((await signIn('boss@test.example')).json).toMatchObject({ role: 'admin' });
    expect((await signUp(second, 'boss2@test.example')).status).toBe(410);
  });

  test('a password that is easily guessed is refused before anything is made', async () => {
    const reply = await app.call('POST', '/api/v1/auth/sign-up', {
      body: { link: await link(), email: 'weak@test.example', name: 'S', password: 'RacingCoach2026' },
      remoteAddress: newAddress(),
    });
    expect(reply).toMatchObject({ status: 422, json: { code: 'weak-password' } });
  });

  test('a short password is refused with the place where it stands', async () => {
    const reply = await app.call('POST', '/api/v1/auth/sign-up', {
      body: { link: await link(), email: 'short@test.example', name: 'S', password: 'short' },
      remoteAddress: newAddress(),
    });
    expect(reply).toMatchObject({
      status: 422,
      json: { code: 'invalid', issues: [{ in: 'body', pointer: '/password' }] },
    });
  });
});

test('who signs in with a hash of less work gets one of today’s, and stays signed in elsewhere', async () => {
  const user = await app.makeUser();
  const old = await hash(password, { algorithm: 2, memoryCost: 8192, timeCost: 2, parallelism: 1 });
  const stored = () =>
    app.database.asSystem((trx) =>
      trx.selectFrom('users').select('password_hash').where('id', '=', user.id).executeTakeFirstOrThrow(),
    );
  await app.database.asSystem((trx) =>
    trx.updateTable('users').set({ password_hash: old }).where('id', '=', user.id).execute(),
  );
  const body = { email: user.email, password };
  const signedIn = await app.call('POST', '/api/v1/auth/sign-in', { body, remoteAddress: newAddress() });
  expect(signedIn.status).toBe(200);
  expect((await stored()).password_hash).toContain('m=65536,t=3,p=1');
  expect((await user.call('GET', '/api/v1/users/me')).status).toBe(200);
});

describe('passwords', () => {
  const change = (cookie: string, current: string, next: string) =>
    app.callWithHeaders({ cookie })('POST', '/api/v1/auth/password', {
      body: { current, password: next },
      remoteAddress: newAddress(),
    });

  test('a change ends every other session, device and token', async () => {
    const user = await app.makeUser({ passwordHash });
    const [mine, other] = [cookieOf(await signIn(user.email)), cookieOf(await signIn(user.email))];
    const device = await app.makeToken(user.id, { kind: 'device', scopes: ['account'] });
    expect(await change(mine, 'not the password', 'a new long password')).toMatchObject({
      status: 403,
      json: { code: 'wrong-password' },
    });
    const changed = await change(mine, password, 'a new long password');
    expect(changed.status).toBe(204);
    for (const old of [mine, other]) expect((await me(old)).status).toBe(401);
    const bearer = app.callWithHeaders({ authorization: `Bearer ${device}` });
    expect((await bearer('GET', '/api/v1/users/me')).status).toBe(401);
    expect((await me(cookieOf(changed))).status).toBe(200);
    expect((await signIn(user.email)).status).toBe(401);
    expect((await signIn(user.email, 'a new long password')).status).toBe(200);
  });

  test('a request to reset is answered alike for known and unknown, and only one letter is sent', async () => {
    const user = await app.makeUser({ passwordHash });
    const before = app.letters.length;
    const ask = (email: string) =>
      app.call('POST', '/api/v1/auth/reset/request', { body: { email }, remoteAddress: newAddress() });
    const [known, unknown] = [await ask(user.email), await ask('nobody-at-all@test.example')];
    expect(withoutId(known)).toEqual(withoutId(unknown));
    await expect.poll(() => app.letters.length).toBe(before + 1);
    const letter = app.letters.at(-1);
    expect(letter?.to).toBe(user.email);
    const secret = /#link=([A-Za-z0-9_-]{43})/.exec(letter?.text ?? '')?.[1] ?? '';
    expect(letter?.text).toContain(`https://coach.example/reset#link=${secret}`);

    const session = cookieOf(await signIn(user.email));
    const reset = () =>
      app.call('POST', '/api/v1/auth/reset', {
        body: { link: secret, password: 'brand new password' },
        remoteAddress: newAddress(),
      });
    expect((await reset()).status).toBe(204);
    expect(await reset()).toMatchObject({ status: 410, json: { code: 'gone' } });
    expect((await me(session)).status).toBe(401);
    expect((await signIn(user.email, 'brand new password')).status).toBe(200);
  });

  test('letters are limited for an address, whoever asks, known or not', async () => {
    const user = await app.makeUser({ passwordHash });
    const statuses = async (email: string) => {
      const all = [];
      for (let turn = 0; turn < 7; turn += 1)
        all.push(
          (
            await app.call('POST', '/api/v1/auth/reset/request', {
              body: { email },
              remoteAddress: newAddress(),
            })
          ).status,
        );
      return all;
    };
    const known = await statuses(user.email);
    expect(known).toEqual([202, 202, 202, 202, 202, 202, 429]);
    expect(await statuses('nobody-again@test.example')).toEqual(known);
  });
});
