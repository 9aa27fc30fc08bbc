/**
 * Every error that the server answers with (RFC 9457, `application/problem+json`). One row is one code: its status, its title, and a sentence that
 * says what to do. Codes are never reused. A reply holds a row, the request's id and, for what was typed wrongly, where; nothing else.
 */
import * as z from 'zod';

export const problems = {
  'bad-request': [400, 'The request is not understood.'],
  'bad-json': [400, 'The body is not valid JSON.'],
  'bad-cursor': [400, 'This page of the list does not exist. Begin again without "after".'],
  'not-signed-in': [401, 'Sign in first.'],
  'wrong-credentials': [401, 'The e-mail address or the password is wrong.'],
  'wrong-password': [403, 'The current password is wrong.'],
  'wrong-origin': [403, 'The request comes from another site.'],
  'wrong-scope': [403, 'This token may not do that. Make one with the scope that is needed.'],
  'not-allowed': [403, 'You may not do that.'],
  'not-found': [404, 'There is no such thing, or you may not see it.'],
  'method-not-allowed': [405, 'This address does not take that method.'],
  'not-acceptable': [406, 'The answer cannot be given in that form.'],
  'request-timeout': [408, 'The request took too long to arrive. Send it again.'],
  'id-taken': [409, 'This id was sent before with other content.'],
  conflict: [409, 'Somebody changed this meanwhile. Load it again.'],
  'last-owner': [409, 'A team needs an owner. Name another one first.'],
  'last-admin': [409, 'The server needs an admin. Name another one first.'],
  'session-missing': [409, 'The session of this lap is not here yet. Send it first.'],
  gone: [410, 'This link has been used or has run out. Ask for a new one.'],
  'too-large': [413, 'The body is larger than this server takes.'],
  'wrong-type': [415, 'This kind of body is not taken here.'],
  invalid: [422, 'Something in the request is not valid.'],
  'claim-invalid': [422, 'What is claimed of the lap is not valid.'],
  'hash-mismatch': [422, 'The lap file is not the one whose hash is given.'],
  'lap-damaged': [422, 'The lap file is damaged.'],
  'lap-format': [422, 'The lap file has a format that this server does not read. Update the server.'],
  'lap-implausible': [422, 'The lap file holds values that no car has.'],
  'lap-contradicts': [422, 'The lap file does not say what is claimed of it.'],
  'not-comparable': [422, 'These laps cannot be compared.'],
  'no-lap-file': [422, 'This lap has no lap file.'],
  'weak-password': [
    422,
    'This password is among the first that are tried. Choose another one: four words that do not belong together, for example.',
  ],
  'quota-exceeded': [422, 'The storage for this account is full. Delete what is not needed.'],
  'too-many-requests': [429, 'Too many requests. Wait and try again.'],
  'locked-out': [429, 'Too many failed attempts. Wait and try again.'],
  internal: [500, 'Something failed here. It is logged under the request id.'],
  busy: [503, 'The server is busy. Try again soon.'],
  unavailable: [503, 'The database does not answer. Try again soon.'],
  // RFC 8628, section 3.5: the codes of the token poll, which its clients know by these names.
  authorization_pending: [400, 'Not approved yet.'],
  slow_down: [400, 'Asked too often. Wait longer between requests.'],
  expired_token: [400, 'The code has run out. Begin again.'],
  access_denied: [400, 'The pairing was declined.'],
  invalid_grant: [400, 'There is no such pairing.'],
} as const satisfies Record<string, readonly [status: number, title: string]>;
export type ProblemCode = keyof typeof problems;
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** The body of every error. */
export const problem = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(problemCodes),
  /** Only of codes of the device pairing: the name of the same code in RFC 6749. */
  error: z.string().optional(),
  requestId: z.string(),
  /** What was typed wrongly, and where: a JSON pointer into the part of the request that `in` names. */
  issues: z
    .array(
      z.object({ in: z.enum(['path', 'query', 'header', 'body']), pointer: z.string(), message: z.string() }),
    )
    .optional(),
  /** Why a lap was refused, in words that hold numbers of the lap alone. */
  detail: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;
