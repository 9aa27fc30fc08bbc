/**
 * The application over a database in memory, for everybody's tests: users are made by a call, and call as themselves. Time stands still until a test
 * moves it.
 */
import { Writable } from 'node:stream';
import type { Scope } from '@racing-coach/contract/server';
import { buildApp } from '../app.ts';
import { MemoryCache } from '../cache/memory-cache.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import { memoryDatabase } from '../database/testing/memory-database.ts';
import { MemoryEvents } from '../events/memory-events.ts';
import type { App, Feature } from '../features/feature.ts';
import { features } from '../features/index.ts';
import { newToken } from '../identity/secrets.ts';
import { sessionCookieName } from '../identity/session-cookie.ts';
import type { Letter } from '../mail/mail.ts';
import { newId } from '../new-id.ts';
import type { AppParts } from '../parts.ts';
import { absentAnalysis } from './absent-analysis.ts';

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  /** The body as JSON; null when there is none or it is not JSON. */
  json: unknown;
  bytes: Buffer;
}

export interface CallOptions {
  headers?: Record<string, string>;
  /** An object goes as JSON; bytes go as they are. */
  body?: unknown;
  remoteAddress?: string;
}

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Reply>;

export interface TestUser {
  id: string;
  email: string;
  name: string;
  /** Calls with the session of a browser. */
  call: Call;
  /** Calls with a personal token of these scopes. */
  callWith(...scopes: Scope[]): Promise<Call>;
}

export interface TestApp {
  app: App;
  database: Database;
  /** All lines of the log so far. */
  log(): string;
  letters: Letter[];
  now(): Date;
  wait(ms: number): void;
  /** Calls without signing in. */
  call: Call;
  callWithHeaders(headers: Record<string, string>): Call;
  makeUser(options?: { name?: string; role?: 'admin' | 'user'; passwordHash?: string }): Promise<TestUser>;
  makeToken(userId: string, options: TokenOptions): Promise<string>;
  close(): Promise<void>;
}

interface TokenOptions {
  kind: 'session' | 'device' | 'personal';
  scopes?: Scope[];
  expiresAt?: Date | null;
}

export const testConfig: Config = {
  host: '127.0.0.1',
  port: 0,
  dataDir: '/nonexistent',
  publicUrl: 'https://coach.example',
  tls: null,
  trustProxy: false,
  corsOrigins: [],
  databaseUrl: null,
  databasePoolSize: 4,
  redisUrl: null,
  mail: null,
  logLevel: 'info',
  requestsPerMinute: { byAddress: 1_000_000, byAccount: 1_000_000 },
  // The database runs in this thread: while it works the server lags.
  busyDelayMs: 0,
  quotaBytes: 1e9,
  telemetryRows: 'off',
  telemetryRetentionDays: null,
  tracesUrl: null,
  shutdownS: 5,
};

export async function testApp(
  options: { config?: Partial<Config>; parts?: Partial<AppParts>; moreFeatures?: Feature[] } = {},
): Promise<TestApp> {
  const lines: string[] = [];
  const letters: Letter[] = [];
  let nowMs = Date.parse('2026-11-26T12:00:00Z');
  const database = options.parts?.database ?? (await memoryDatabase());
  const parts: AppParts = {
    config: { ...testConfig, ...options.config },
    version: '0.0.0',
    database,
    cache: new MemoryCache({ nowMs: () => nowMs }),
    events: new MemoryEvents(),
    analysis: absentAnalysis,
    mail: { send: async (letter) => void letters.push(letter), close: () => undefined },
    clock: () => new Date(nowMs),
    logStream: new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    }),
    ...options.parts,
  };
  const app = await buildApp(parts, [...features, ...(options.moreFeatures ?? [])]);
  const call = callerOf(app, {});
  const makeToken = async (userId: string, token: TokenOptions) => {
    const secret = newToken();
    const row = {
      id: newId(),
      user_id: userId,
      kind: token.kind,
      name: token.kind,
      prefix: secret.shown,
      secret_sha256: secret.sha256,
      scopes: token.scopes ?? [],
      created_at: parts.clock(),
      expires_at: token.expiresAt ?? null,
    };
    await database.asSystem((trx) => trx.insertInto('tokens').values(row).execute());
    return secret.text;
  };
  let users = 0;
  return {
    app,
    database,
    log: () => lines.join(''),
    letters,
    now: parts.clock,
    wait: (ms) => {
      nowMs += ms;
    },
    call,
    callWithHeaders: (headers) => callerOf(app, headers),
    makeToken,
    async makeUser({ name, role = 'user', passwordHash = '!' } = {}) {
      users += 1;
      const user = { id: newId(), name: name ?? `Driver ${users}`, email: `driver${users}@test.example` };
      const row = { ...user, role, password_hash: passwordHash, created_at: parts.clock() };
      await database.asSystem((trx) => trx.insertInto('users').values(row).execute());
      const session = await makeToken(user.id, { kind: 'session' });
      return {
        ...user,
        call: callerOf(app, { cookie: `${sessionCookieName}=${session}` }),
        callWith: async (...scopes) => {
          const token = await makeToken(user.id, { kind: 'personal', scopes });
          return callerOf(app, { authorization: `Bearer ${token}` });
        },
      };
    },
    async close() {
      await app.close();
      if (options.parts?.database === undefined) await database.close();
    },
  };
}

function callerOf(app: App, headers: Record<string, string>): Call {
  return async (method, path, { body, headers: more = {}, remoteAddress } = {}) => {
    const json = body !== undefined && !(body instanceof Uint8Array);
    const response = await app.inject({
      method: method as 'GET',
      url: path,
      headers: { ...headers, ...(json ? { 'content-type': 'application/json' } : {}), ...more },
      ...(body === undefined ? {} : { payload: json ? JSON.stringify(body) : Buffer.from(body) }),
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
    });
    return {
      status: response.statusCode,
      headers: response.headers,
      json: jsonOf(response.payload),
      bytes: response.rawPayload,
    };
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
