/**
 * The whole API attacked by requests that are made from its own document: fitting ones with ids of other people's things, and broken ones. Whatever comes, no
 * answer is a failure of the server, none tells what is inside it, and nothing of anybody else is read or changed.
 */
import { type ProblemCode, problem, problems } from '@racing-coach/contract/server';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MemoryCache } from '../../server/src/cache/memory-cache.ts';
import { MemoryEvents } from '../../server/src/events/memory-events.ts';
import { believingAnalysis } from '../../server/src/testing/believing-analysis.ts';
import { makeTeam, putMember } from '../../server/src/testing/memberships.ts';
import { type Call, type Reply, type TestUser, testApp } from '../../server/src/testing/test-app.ts';
import { putLap, putSession } from '../../server/src/testing/uploads.ts';
import { anything, type JsonSchema, type ValueSource, valuesOf } from './schema-values.ts';

const { analysis } = believingAnalysis();
const app = await testApp({ parts: { analysis, cache: new MemoryCache(), events: new MemoryEvents() } });
afterAll(() => app.close());

const runs = process.env['RACING_COACH_LONG'] ? 400 : 6;

interface Operation {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema?: JsonSchema }> };
}
interface Api {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, JsonSchema> };
}

interface Attack {
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

const document = (await app.call('GET', '/openapi.json')).json as Api;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** Words that stand in everything of the victim's, and in nothing else. */
const mark = 'V1CT1M';
let victim: TestUser;
let mallory: TestUser;
const source: ValueSource = {
  ids: [],
  resolve: (reference) => document.components?.schemas?.[reference.split('/').at(-1) ?? ''] ?? {},
};

beforeAll(async () => {
  victim = await app.makeUser({ name: `${mark} driver` });
  mallory = await app.makeUser({ name: 'Mallory' });
  const made: string[] = [victim.id, mallory.id];
  for (const [user, name] of [
    [victim, mark],
    [mallory, 'own'],
  ] as const) {
    const session = (await putSession(user.call, 's1', { sourceName: name, carName: name })).json as {
      id: string;
    };
    const lap = (await putLap(user.call, 'l1', Buffer.from(`${name} lap`))).json as { id: string };
    const team = await makeTeam(app.database, `${name} team`);
    await putMember(app.database, team, user.id, true, 'owner');
    const body = { lapId: lap.id, label: `${name} reference`, visibility: 'private' };
    const reference = (await user.call('POST', '/api/v1/references', { body })).json as { id: string };
    const token = await user.call('POST', '/api/v1/tokens', {
      body: { name: `${name} token`, scopes: ['laps:read'] },
    });
    const invitation = await user.call('POST', `/api/v1/teams/${team}/invitations`, {
      body: { role: 'driver' },
    });
    made.push(session.id, lap.id, team, reference.id);
    for (const reply of [token, invitation]) made.push((reply.json as { id: string }).id);
  }
  source.ids = made;
});

const asText = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function attackOn(path: string, operation: Operation): fc.Arbitrary<Attack> {
  const parameters = operation.parameters ?? [];
  const values = Object.fromEntries(
    parameters.map((parameter) => [
      `${parameter.in} ${parameter.name}`,
      fc.option(valuesOf(parameter.schema, source), { nil: undefined, freq: parameter.required ? 20 : 3 }),
    ]),
  );
  const schema = operation.requestBody?.content['application/json']?.schema;
  const body = schema === undefined ? fc.option(anything, { nil: undefined }) : valuesOf(schema, source);
  return fc.record({ values: fc.record(values), body }).map(({ values: chosen, body: sent }) => {
    let target = path;
    const query = new URLSearchParams();
    const headers: Record<string, string> = {};
    for (const [key, value] of Object.entries(chosen as Record<string, unknown>)) {
      const [place = '', name = ''] = key.split(' ');
      if (place === 'path') target = target.replace(`{${name}}`, encode(asText(value ?? 'x')));
      else if (value === undefined) continue;
      else if (place === 'query') query.append(name, wellFormed(asText(value)));
      else
        headers[name] = asText(value)
          .replaceAll(/[^\x20-\x7e]/g, '?')
          .slice(0, 9000);
    }
    const search = query.toString();
    return { path: search === '' ? target : `${target}?${search}`, headers, body: sent };
  });
}

/** Lone surrogates cannot be written in an address. */
const wellFormed = (text: string) => Buffer.from(text).toString();
const encode = (text: string) => encodeURIComponent(wellFormed(text));

/** What must hold for every reply, whoever asked. */
function expectHarmless(reply: Reply, seenBy: 'stranger' | 'victim'): void {
  const text = reply.bytes.toString('utf8');
  expect(reply.status, text).toBeLessThan(500);
  if (reply.status >= 400) {
    const parsed = problem.strict().parse(reply.json);
    expect(problems[parsed.code as ProblemCode][0]).toBe(reply.status);
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
  }
  expect(text).not.toMatch(/node_modules|\.ts:\d|SELECT |INSERT |pg_|argon2|secret_sha256|at async/);
  if (seenBy === 'stranger') expect(text).not.toContain(mark);
}

async function everythingOf(user: TestUser): Promise<string> {
  const tables = ['sessions', 'laps', 'reference_laps', 'tokens', 'reference_ratings'] as const;
  const rows = await app.database.asSystem(async (trx) => {
    const found: unknown[] = [];
    for (const table of tables) {
      const owner = table === 'tokens' || table === 'reference_ratings' ? 'user_id' : 'owner_id';
      const all = (await trx
        .selectFrom(table)
        .selectAll()
        .where(owner as never, '=', user.id as never)
        .execute()) as object[];
      found.push(all.map((row) => ({ ...row, last_used_at: null })));
    }
    found.push(
      await trx
        .selectFrom('users')
        .select(['name', 'email', 'role', 'password_hash', 'disabled'])
        .where('id', '=', user.id)
        .execute(),
    );
    found.push(await trx.selectFrom('team_members').selectAll().where('user_id', '=', user.id).execute());
    return found;
  });
  return JSON.stringify(rows);
}

describe.each(operations)('$method $path', ({ method, path, operation }) => {
  test(`${runs} requests, seed 3`, { timeout: 600_000 }, async () => {
    const before = await everythingOf(victim);
    await fc.assert(
      fc.asyncProperty(attackOn(path, operation), async ({ path: target, headers, body }) => {
        const options = { headers, ...(body === undefined || method === 'GET' ? {} : { body }) };
        // Each attack as a new account of the attacker's, because some of them delete it.
        const attacker = await app.makeUser({ name: 'Mallory' });
        const callers: Call[] = [app.call, attacker.call, mallory.call];
        const destroysHimself = path.includes('/users/me') || path.includes('/auth/');
        for (const call of destroysHimself ? callers.slice(0, 2) : callers)
          expectHarmless(await call(method, target, options), 'stranger');
      }),
      { seed: 3, numRuns: runs },
    );
    expect(await everythingOf(victim)).toBe(before);
  });
});

test('addresses that try to get around the routes', async () => {
  const tricks = [
    '/api/v1//laps',
    '/api/v1/../v1/laps',
    '/api/v1/%2e%2e/laps',
    '/API/V1/laps',
    '/api/v1/laps/',
    '/api/v1/laps/%00',
    '/api/v1/laps;a=b',
    '/api/v1/admin/users/',
    '//api/v1/laps',
    '/api/v1/laps?limit=1&limit=2',
    '/api/v1/laps?__proto__[x]=1',
    '/health/../api/v1/laps',
    `/api/v1/laps/${'a'.repeat(5000)}`,
    '/%',
    '/api/v1/laps/%c0%ae',
    '/metrics/../api/v1/laps',
  ];
  for (const path of tricks)
    for (const call of [app.call, mallory.call])
      for (const method of ['GET', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
        const reply = await call(method, path);
        expect(reply.status, `${method} ${path}`).toBeLessThan(500);
        expect(reply.bytes.toString()).not.toContain(mark);
      }
});
