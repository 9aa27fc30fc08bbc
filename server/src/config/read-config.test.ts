import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from './config.ts';
import { type Environment, readConfig } from './read-config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-config-'));
  writeFileSync(join(folder, 'cert.pem'), 'x');
});
afterAll(() => rmSync(folder, { recursive: true }));

const problems = (env: Environment): string[] => {
  const read = readConfig(env);
  return 'problems' in read ? read.problems : [];
};
function config(env: Environment): Config {
  const read = readConfig(env);
  if ('problems' in read) throw new Error(read.problems.join(' '));
  return read.config;
}

test('an empty environment is the embedded server on this machine alone, with nothing secret made up', () => {
  const made = config({});
  expect(made).toMatchObject({
    host: '127.0.0.1',
    publicUrl: null,
    tls: null,
    trustProxy: false,
    corsOrigins: [],
    databaseUrl: null,
    redisUrl: null,
    mail: null,
    tracesUrl: null,
  });
  expect(JSON.stringify(made)).not.toMatch(/secret|password|token/i);
});

test('an empty variable is one that is not there', () => {
  expect(config({ DATABASE_URL: '', TLS_CERT: '', PORT: '', TRUST_PROXY: ' ' })).toEqual(config({}));
});

test.each(['0.0.0.0', '::', '192.168.1.5', 'rig.local'])(
  'HOST %s is refused without TLS or a proxy, in one sentence',
  (HOST) => {
    const found = problems({ HOST });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/TLS_CERT and TLS_KEY, or TRUST_PROXY/);
    expect(found[0]?.match(/\.( |$)/g)).toHaveLength(1);
    expect(problems({ HOST, TRUST_PROXY: '1' })).toEqual([]);
    const TLS = join(folder, 'cert.pem');
    expect(problems({ HOST, TLS_CERT: TLS, TLS_KEY: TLS })).toEqual([]);
  },
);

test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('HOST %s is this machine', (HOST) => {
  expect(problems({ HOST })).toEqual([]);
});

test('everything that is wrong is told at once, and no value that may be secret is repeated', () => {
  const found = problems({
    HOST: '0.0.0.0',
    PORT: '70000',
    DATABASE_URL: 'mysql://root:hunter2@db',
    REDIS_URL: 'hunter2',
    SMTP_URL: 'smtp://u:hunter2@mail',
    TLS_CERT: '/nowhere',
    PUBLIC_URL: 'https://coach.example/path',
    CORS_ORIGINS: '*, https://fine.example',
    LOG_LEVEL: 'loud',
    QUOTA_MEGABYTES: '-1',
    TELEMETRY_ROWS: 'maybe',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'collector',
    TRUST_PROXY: 'everyone',
  });
  for (const name of [
    'HOST',
    'PORT',
    'DATABASE_URL',
    'REDIS_URL',
    'MAIL_FROM',
    'TLS_CERT',
    'PUBLIC_URL',
    'CORS_ORIGINS',
    'LOG_LEVEL',
    'QUOTA_MEGABYTES',
    'TELEMETRY_ROWS',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'TRUST_PROXY',
  ])
    expect(found.some((problem) => problem.startsWith(name))).toBe(true);
  expect(found.join(' ')).not.toContain('hunter2');
});

test.each<[string, Config['trustProxy'] | null]>([
  ['1', 1],
  ['true', 1],
  ['false', false],
  ['0', false],
  ['127.0.0.1', ['127.0.0.1']],
  ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ['loopback', ['loopback']],
  ['0.0.0.0/0', null],
  ['10.0.0.0/33', null],
  ['proxy.example', null],
  ['10', null],
])('TRUST_PROXY %s', (typed, trusted) => {
  const read = readConfig({ TRUST_PROXY: typed });
  expect('config' in read ? read.config.trustProxy : null).toEqual(trusted);
});

test('PUBLIC_URL is an origin over TLS, and somebody must speak TLS for it', () => {
  expect(problems({ PUBLIC_URL: 'https://coach.example' })).toHaveLength(1);
  expect(problems({ PUBLIC_URL: 'http://coach.example', TRUST_PROXY: '1' })).toHaveLength(1);
  expect(problems({ PUBLIC_URL: 'http://localhost:8484' })).toEqual([]);
  expect(config({ PUBLIC_URL: 'https://Coach.Example:443/', TRUST_PROXY: '1' }).publicUrl).toBe(
    'https://coach.example',
  );
});

test('what is typed goes before the environment', () => {
  const read = readConfig({ PORT: '1', RACING_COACH_DATA_DIR: '/a' }, { port: 0, dataDir: '/b' });
  expect('config' in read && [read.config.port, read.config.dataDir]).toEqual([0, '/b']);
});
