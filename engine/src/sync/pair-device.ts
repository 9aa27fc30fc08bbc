/**
 * Signing in as RFC 8628 has it: the server gives a code, a person types it on the server's page, and meanwhile the server is asked whether he did. Slower when it says so,
 * and slower while it does not answer.
 */
import { hostname } from 'node:os';
import { CodedError } from '@racing-coach/contract';
import { pairingStarted, pairingToken } from '@racing-coach/contract/server';
import type * as z from 'zod';
import { type Answer, failureOf, problemOf } from './server-answer.ts';
import { nonsense, type ServerRequests } from './server-requests.ts';

export type PairingStarted = z.infer<typeof pairingStarted>;
export type PairingToken = z.infer<typeof pairingToken>;

/** What RFC 8628, section 3.5 adds on `slow_down`. */
const slowerByS = 5;
const leastIntervalS = 1;
const longestIntervalS = 60;

export interface PairingParts {
  requests: ServerRequests;
  /** A name by which its owner knows this machine. */
  deviceName: string;
  /** Called with what is to be typed, and where. */
  show(started: PairingStarted): void;
  /** Rejects when the person has had enough. */
  wait(ms: number): Promise<void>;
  nowMs(): number;
}

export const thisDeviceName = (): string =>
  hostname()
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 80) || 'Racing Coach';

/** Rejects with `pairing-declined`, `pairing-expired`, or what is wrong with the server. */
export async function pairDevice({
  requests,
  deviceName,
  show,
  wait,
  nowMs,
}: PairingParts): Promise<PairingToken> {
  const answer = await requests.ask((api) => api.POST('/api/v1/auth/device', { body: { deviceName } }));
  const started = 'kind' in answer ? null : pairingStarted.safeParse(answer.body);
  if ('kind' in answer || started?.success !== true || answer.status >= 300)
    throw unreachable(requests.url, answer);
  show(started.data);
  const endMs = nowMs() + started.data.expiresInS * 1000;
  let intervalS = Math.max(leastIntervalS, started.data.intervalS);
  while (nowMs() < endMs) {
    await wait(intervalS * 1000);
    const poll = await requests.ask((api) =>
      api.POST('/api/v1/auth/device/token', { body: { deviceCode: started.data.deviceCode } }),
    );
    const step = pollStep(poll);
    if (typeof step === 'object') return step;
    if (step === 'slower') intervalS += slowerByS;
    if (step === 'away') intervalS = Math.min(longestIntervalS, intervalS * 2);
  }
  throw new CodedError('pairing-expired');
}

function pollStep(
  answer: Awaited<ReturnType<ServerRequests['ask']>>,
): PairingToken | 'again' | 'slower' | 'away' {
  if ('kind' in answer) return 'away';
  const given = pairingToken.safeParse(answer.body);
  if (answer.status < 300 && given.success) return given.data;
  switch (problemOf(answer)?.code) {
    case 'authorization_pending':
      return 'again';
    case 'slow_down':
      return 'slower';
    case 'access_denied':
      throw new CodedError('pairing-declined');
    case 'expired_token':
    case 'invalid_grant':
      throw new CodedError('pairing-expired');
    default:
      return 'away';
  }
}

/** In the server's words where it has any. */
export function unreachable(url: string, answer: Answer | { refusal: { text: string } }): CodedError {
  if ('refusal' in answer) return new CodedError('server-unreachable', { url, cause: answer.refusal.text });
  if (answer.status < 300) return new CodedError('server-unreachable', { url, cause: nonsense.refusal.text });
  const failure = failureOf(answer);
  const cause = failure.kind === 'signed-out' ? failure.text : failure.refusal.text;
  return new CodedError('server-unreachable', { url, cause });
}
