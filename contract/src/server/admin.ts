/** What an admin sees: accounts, storage, jobs. Never anybody's laps. */
import * as z from 'zod';
import { userRoles } from './access.ts';
import { user } from './accounts.ts';
import { id, instant, pageOf, pageQuery, queryFlag, simText } from './scalars.ts';

export const adminUser = user.extend({
  disabled: z.boolean(),
  laps: z.number().int(),
  bytes: z.number(),
  lastSeenAt: instant.nullable(),
});
export const adminUserPage = pageOf(adminUser);
export const adminUserQuery = pageQuery.extend({
  search: simText.max(80).optional(),
  disabled: queryFlag.optional(),
});
export const changeAccount = z.strictObject({
  role: z.enum(userRoles).optional(),
  disabled: z.boolean().optional(),
});

/** `POST /admin/links`: a link to sign up. */
export const makeSignUpLink = z.strictObject({ role: z.enum(userRoles).default('user') });
/** A sign-up link that nobody used yet. */
export const signUpLink = z.object({
  id,
  role: z.enum(userRoles),
  createdAt: instant,
  expiresAt: instant,
});
export const signUpLinkPage = pageOf(signUpLink);
/** A link that an admin hands on: to sign up, or to set a new password. Shown once. */
export const linkMade = z.object({ id, url: z.string(), expiresAt: instant });

export const job = z.object({
  id,
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'failed']),
  attempts: z.number().int(),
  createdAt: instant,
  runAfter: instant,
  /** What went wrong last, as a code. */
  problem: z.string().nullable(),
});
export const jobPage = pageOf(job);
export const jobQuery = pageQuery.extend({ state: job.shape.state.optional() });

export const serverStatus = z.object({
  version: z.string(),
  analysisVersion: z.number().int(),
  database: z.object({
    home: z.enum(['pglite', 'postgres']),
    version: z.string(),
    timescale: z.object({ version: z.string(), licence: z.enum(['timescale', 'apache']) }).nullable(),
    bytes: z.number(),
  }),
  cache: z.enum(['memory', 'redis', 'redis-gone']),
  users: z.number().int(),
  sessions: z.number().int(),
  laps: z.number().int(),
  lapFileBytes: z.number(),
  jobs: z.object({ waiting: z.number().int(), running: z.number().int(), failed: z.number().int() }),
});
