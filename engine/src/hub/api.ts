/**
 * What the engine answers over HTTP below `/api/`: JSON in both directions, for whoever has the token. The guards are the pages': this machine's
 * name, our own origins. A request that changes something must be a POST, which no link and no image can send, and the token is asked for every time.
 */
import type { IncomingMessage } from 'node:http';
import {
  CodedError,
  type EngineHealth,
  type EngineState,
  type Offer,
  type OfferUsed,
  type SoundCommand,
  soundCommand,
} from '@racing-coach/contract';
import { tokenMatches } from '../data/token.ts';
import { type CostGate, costRoutes } from './cost-routes.ts';
import { originAllowed } from './request-guard.ts';

/** What stands behind the addresses. */
export interface Api {
  state(): EngineState;
  health(): EngineHealth;
  offers(): Offer[];
  /** Rejects with `offer-not-found` and what is wrong with the recording. */
  useOffer(id: string): Promise<OfferUsed>;
  /** Absent where no sim draws. */
  cost?: CostGate;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

interface Gate {
  api: Api;
  /** To the page that sounds; false where none does. */
  sound(command: SoundCommand): boolean;
  token: string;
  port: number;
}

type Route = (api: Api, words: string[], gate: Gate) => unknown;

const routes: { method: 'GET' | 'POST'; path: RegExp; answer: Route }[] = [
  ...costRoutes,
  { method: 'GET', path: /^\/api\/state$/, answer: (api) => api.state() },
  { method: 'GET', path: /^\/api\/health$/, answer: (api) => api.health() },
  { method: 'GET', path: /^\/api\/offers$/, answer: (api) => ({ offers: api.offers() }) },
  {
    // For keys: whatever can be bound to an address, on a wheel or a button box, asks for flags, fuel and lap times, and mutes.
    method: 'POST',
    path: /^\/api\/sound\/([a-z-]{1,20})$/,
    answer: (_, [word = ''], { sound }) => ({ sounds: sound(soundCommandOf(word)) }),
  },
  {
    method: 'POST',
    path: /^\/api\/offers\/([0-9a-f]{4,64})\/use$/,
    answer: (api, [id = '']) => api.useOffer(id),
  },
];

/** Answers; never throws. Bodies of requests are not read: nothing needs one. */
export async function answerApi(request: IncomingMessage, target: URL, gate: Gate): Promise<Answer> {
  if (!originAllowed(request.headers.origin, gate.port)) return json(403, { error: refused('another site') });
  if (!tokenMatches(gate.token, givenToken(request, target)))
    return json(401, { error: refused('the token of this installation is missing or wrong') });
  const fitting = routes.filter(({ path }) => path.test(target.pathname));
  if (fitting.length === 0) return json(404, { error: refused('there is no such address') });
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = fitting.find((one) => one.method === method);
  if (route === undefined)
    return json(405, { error: refused('another method is meant') }, { allow: fitting[0]?.method ?? 'GET' });
  try {
    const words = route.path.exec(target.pathname)?.slice(1) ?? [];
    return json(200, await route.answer(gate.api, words, gate));
  } catch (thrown) {
    const error = CodedError.from(thrown);
    return json(error.code === 'offer-not-found' ? 404 : error.code === 'internal' ? 500 : 409, { error });
  }
}

function soundCommandOf(word: string): SoundCommand {
  const command = soundCommand.safeParse(word);
  if (command.success) return command.data;
  throw new CodedError('usage', {
    cause: `There is no sound command ${word}. Known: ${soundCommand.options.join(', ')}.`,
  });
}

/** In the address, as pages have it, or in a header, as scripts prefer. */
function givenToken(request: IncomingMessage, target: URL): string | null {
  const header = /^Bearer ([0-9a-f]+)$/.exec(request.headers.authorization ?? '');
  return header?.[1] ?? target.searchParams.get('token');
}

function refused(cause: string): CodedError {
  return new CodedError('usage', { cause });
}

function json(status: number, document: unknown, headers: Record<string, string> = {}): Answer {
  const own = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers: { ...own, ...headers }, body: `${JSON.stringify(document)}\n` };
}
