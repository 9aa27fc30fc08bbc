/**
 * What a server's answer means for what was sent. Only a problem of the server's own list (`application/problem+json` with a code) is believed to be final: a
 * page of a hotel's network, a proxy and a server that is not ours are waited out.
 */
import { type Problem, type ProblemCode, problem, problems } from '@racing-coach/contract/server';
import type { Refusal } from '../store/outbox.ts';

export type Outcome =
  | { kind: 'stored' }
  /** For good. */
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'session-missing'; refusal: Refusal }
  /** The token counts no longer, or never did for this. */
  | { kind: 'signed-out'; text: string }
  | Later;

/** Later, by itself. */
export interface Later {
  kind: 'later';
  refusal: Refusal;
  retryAfterMs: number | null;
  /** What was sent made it fail, perhaps: others go on. */
  ownFault: boolean;
  /** Waiting alone will not help. */
  needsSomebody: boolean;
}

/** An answer as it came. `body` is what its JSON says; null where it is none. */
export interface Answer {
  status: number;
  body: unknown;
  retryAfterMs: number | null;
}

/** Sending the same again would be answered the same. */
const finalCodes = new Set<ProblemCode>([
  'bad-request',
  'bad-json',
  'id-taken',
  'too-large',
  'wrong-type',
  'invalid',
  'claim-invalid',
  'lap-damaged',
  'lap-format',
  'lap-implausible',
  'lap-contradicts',
  'no-lap-file',
]);
const signedOutCodes = new Set<ProblemCode>(['not-signed-in', 'wrong-scope', 'not-allowed']);
const ownFaultCodes = new Set<ProblemCode>(['internal', 'hash-mismatch']);
const needsSomebodyCodes = new Set<ProblemCode>(['quota-exceeded', 'not-found', 'method-not-allowed']);

export function problemOf({ status, body }: Answer): Problem | null {
  const parsed = problem.safeParse(body);
  return parsed.success && parsed.data.status === status ? parsed.data : null;
}

/** What a failure means; the caller has seen to what success looks like. */
export function failureOf(answer: Answer): Exclude<Outcome, { kind: 'stored' }> {
  const said = problemOf(answer);
  if (said === null) return notOurs(answer);
  const { code } = said;
  const refusal = { code, text: sentence(said) };
  if (finalCodes.has(code)) return { kind: 'refused', refusal };
  if (signedOutCodes.has(code)) return { kind: 'signed-out', text: refusal.text };
  if (code === 'session-missing') return { kind: 'session-missing', refusal };
  return {
    kind: 'later',
    refusal,
    retryAfterMs: answer.retryAfterMs,
    ownFault: ownFaultCodes.has(code),
    needsSomebody: needsSomebodyCodes.has(code),
  };
}

/** The table's sentence, and what the server adds of the lap. */
function sentence({ code, detail }: Problem): string {
  const title = problems[code][1];
  return detail === undefined ? title : `${title} ${detail}`;
}

function notOurs({ status, retryAfterMs }: Answer): Later {
  const fails = status >= 500 || status === 429 || status === 408;
  const text = fails
    ? `The server answered with ${status}.`
    : `What answers at this address is not a Racing Coach server, or something between changes its answers (${status}).`;
  return later({ code: `http-${status}`, text }, { retryAfterMs, needsSomebody: !fails });
}

export function later(refusal: Refusal, more: Partial<Later> = {}): Later {
  return { kind: 'later', refusal, retryAfterMs: null, ownFault: false, needsSomebody: false, ...more };
}
