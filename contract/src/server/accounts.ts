/** Accounts: signing in, tokens, pairing of devices. Secrets are shown once, in the answer that made them; nothing here reads them again. */
import * as z from 'zod';
import { personalScopes, scope, userRoles } from './access.ts';
import { email, givenName, id, instant, pageOf } from './scalars.ts';

/** Long enough is what counts; 256 keeps the work of hashing bounded. */
export const newPassword = z.string().min(12).max(256);
/** A password that is only compared. */
export const anyPassword = z.string().min(1).max(256);
/** The secret part of a link. */
export const linkSecret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const user = z.object({ id, email, name: givenName, role: z.enum(userRoles), createdAt: instant });
export type User = z.infer<typeof user>;

/** `POST /auth/sign-in`; answers `user` and sets the cookie. */
export const signIn = z.strictObject({ email, password: anyPassword });
/** What a post is answered with that must not tell whether there is such an account. */
export const accepted = z.object({ status: z.literal('accepted') });
/**
 * `POST /auth/sign-up`: with the one-time link of an admin or of a team's invitation. Answers `accepted`, whether the address had an account before or
 * not; signing in follows.
 */
export const signUp = z.strictObject({ link: linkSecret, email, name: givenName, password: newPassword });
/** `POST /auth/reset/request`: answers the same whether there is such an account or not. */
export const resetRequest = z.strictObject({ email });
/** `POST /auth/reset`. */
export const resetPassword = z.strictObject({ link: linkSecret, password: newPassword });
/** `POST /auth/password`: every other session and token of the account ends. */
export const changePassword = z.strictObject({ current: anyPassword, password: newPassword });
/** `PATCH /users/me`. */
export const changeUser = z.strictObject({ name: givenName });
/** `DELETE /users/me`: everything of the account goes. */
export const deleteUser = z.strictObject({ password: anyPassword });

/** `POST /auth/device` (RFC 8628): answers what the user types where. */
export const startPairing = z.strictObject({ deviceName: givenName });
export const pairingStarted = z.object({
  deviceCode: z.string(),
  userCode: z.string(),
  verificationUri: z.string(),
  verificationUriComplete: z.string(),
  expiresInS: z.number().int(),
  intervalS: z.number().int(),
});
/** `POST /auth/device/token`: asked every `intervalS` until it answers with the token or with a problem of RFC 8628. */
export const pollPairing = z.strictObject({ deviceCode: z.string().min(1).max(100) });
export const pairingToken = z.object({
  token: z.string(),
  scopes: z.array(scope),
  deviceId: id,
  userName: z.string(),
});
/** `GET /devices/pairings/:userCode`: what a signed-in user is asked to approve. */
export const userCode = z.string().regex(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-?[BCDFGHJKLMNPQRSTVWXZ]{4}$/i);
export const pairing = z.object({ deviceName: givenName, scopes: z.array(scope), startedAt: instant });
/** `POST /devices/pairings/:userCode`. */
export const answerPairing = z.strictObject({ approve: z.boolean() });

/** A session in a browser, a paired device or a personal token. */
export const token = z.object({
  id,
  kind: z.enum(['session', 'device', 'personal']),
  name: z.string(),
  /** The first characters, by which its owner knows it. */
  prefix: z.string(),
  scopes: z.array(scope),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  /** The one that this request was made with. */
  current: z.boolean(),
});
export const tokenPage = pageOf(token);
/** `POST /tokens`. */
export const makeToken = z.strictObject({
  name: givenName,
  scopes: z.array(z.enum(personalScopes)).min(1).max(personalScopes.length),
  expiresInDays: z.number().int().min(1).max(366).nullable().default(90),
});
export const tokenMade = z.object({ token: z.string(), id, prefix: z.string() });

export const device = z.object({ id, name: givenName, createdAt: instant, lastUsedAt: instant.nullable() });
export const devicePage = pageOf(device);
