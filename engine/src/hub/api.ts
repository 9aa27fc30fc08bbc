/**
 * What the engine answers over HTTP below `/api/`: JSON in both directions, for whoever has the token. The guards are the pages': this machine's
 * name, our own origins. A request that changes something must be a POST or a PUT, which no link and no image can send, and the token is asked for every
 * time. Bodies are JSON.
 */
import type { IncomingMessage } from 'node:http';
import {
  CodedError,
  type EngineHealth,
  type EngineState,
  type ErrorCode,
  mostSettingsBytes,
  type Offer,
  type OfferUsed,
  obsPassword,
  type PageUrls,
  type SoundCommand,
  soundCommand,
  type TokenRenewed,
} from '@racing-coach/contract';
import type { Access } from './access.ts';
import { type CostGate, costRoutes } from './cost-routes.ts';
import { readJson } from './request-body.ts';
import { originAllowed } from './request-guard.ts';
import { type ReviewGate, reviewRoutes } from './review-routes.ts';
import { type RequestFacts, type SettingsGate, settingsRoutes } from './settings-routes.ts';
import { type SharedLapsGate, sharedLapRoutes } from './shared-lap-routes.ts';
import { type SyncGate, syncRoutes } from './sync-routes.ts';

/** What stands behind the addresses. */
export interface Api extends SettingsGate {
  state(): EngineState;
  health(): EngineHealth;
  offers(): Offer[];
  /** Rejects with `offer-not-found` and what is wrong with the recording. */
  useOffer(id: string): Promise<OfferUsed>;
  /** Keeps OBS' password, or takes it away. */
  setObsPassword(password: string): void;
  /** Absent where no sim draws. */
  cost?: CostGate;
  /** Absent where nothing is stored. */
  sync?: SyncGate;
  sharedLaps?: SharedLapsGate;
  review?: ReviewGate;
}

/** What the server itself answers. */
export interface ServerApi {
  urls(): PageUrls;
  /** The old token counts no longer when this resolves. */
  renewToken(): Promise<TokenRenewed>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

interface Gate {
  api: Api & { server: ServerApi };
  access: Access;
  /** To the page that sounds; false where none does. */
  sound(command: SoundCommand): boolean;
  port: number;
}

type Route = (api: Api & { server: ServerApi }, words: string[], facts: RequestFacts, gate: Gate) => unknown;

const routes: { method: 'GET' | 'POST' | 'PUT'; path: RegExp; answer: Route }[] = [
  ...settingsRoutes,
  ...costRoutes,
  ...syncRoutes,
  ...sharedLapRoutes,
  ...reviewRoutes,
  { method: 'GET', path: /^\/api\/state$/, answer: (api) => api.state() },
  { method: 'GET', path: /^\/api\/health$/, answer: (api) => api.health() },
  { method: 'GET', path: /^\/api\/offers$/, answer: (api) => ({ offers: api.offers() }) },
  {
    // For keys: whatever can be bound to an address, on a wheel or a button box, asks for flags, fuel and lap times, and mutes.
    method: 'POST',
    path: /^\/api\/sound\/([a-z-]{1,20})$/,
    answer: (_api, [word = ''], _facts, { sound }) => ({ sounds: sound(soundCommandOf(word)) }),
  },
  {
    method: 'POST',
    path: /^\/api\/offers\/([0-9a-f]{4,64})\/use$/,
    answer: (api, [id = '']) => api.useOffer(id),
  },
  { method: 'GET', path: /^\/api\/urls$/, answer: ({ server }) => ({ urls: server.urls() }) },
  { method: 'POST', path: /^\/api\/token\/renew$/, answer: ({ server }) => server.renewToken() },
  {
    method: 'POST',
    path: /^\/api\/obs\/password$/,
    answer: (api, _words, { body }) => keepPassword(api, body),
  },
];

/** What was typed is not repeated in the answer, not even where it is wrong. */
function keepPassword(api: Api, body: unknown): { kept: true } {
  const given = obsPassword.safeParse(body);
  if (!given.success)
    throw new CodedError('usage', { cause: 'A password of up to 256 characters is meant.' });
  api.setObsPassword(given.data.password);
  return { kept: true };
}

/** Of a code: what the request asked is not there, is not understood, or cannot be done now. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  'offer-not-found': 404,
  'session-not-found': 404,
  'stored-lap-not-found': 404,
  'server-reference-not-found': 404,
  'profile-not-found': 404,
  'settings-invalid': 422,
  'profile-refused': 422,
  'body-bad': 400,
  'settings-changed': 412,
  internal: 500,
};

/** Answers; never throws. */
export async function answerApi(request: IncomingMessage, target: URL, gate: Gate): Promise<Answer> {
  if (!originAllowed(request.headers.origin, gate.port)) return json(403, { error: refused('another site') });
  if (gate.access.kindOf(givenToken(request, target)) !== 'own')
    return json(401, { error: refused('the token of this installation is missing or wrong') });
  const fitting = routes.filter(({ path }) => path.test(target.pathname));
  if (fitting.length === 0) return json(404, { error: refused('there is no such address') });
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = fitting.find((one) => one.method === method);
  if (route === undefined)
    return json(405, { error: refused('another method is meant') }, { allow: fitting[0]?.method ?? 'GET' });
  try {
    const words = route.path.exec(target.pathname)?.slice(1) ?? [];
    const body = method === 'GET' ? undefined : await readJson(request, mostSettingsBytes);
    const facts = { body, revision: revisionOf(request), query: target.searchParams };
    return json(200, await route.answer(gate.api, words, facts, gate));
  } catch (thrown) {
    const error = CodedError.from(thrown);
    const { field } = error.data;
    return json(statusOf[error.code] ?? 409, field === undefined ? { error } : { error, field });
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

function revisionOf(request: IncomingMessage): number | null {
  const given = /^"(\d{1,15})"$/.exec(request.headers['if-match'] ?? '')?.[1];
  return given === undefined ? null : Number(given);
}

function refused(cause: string): CodedError {
  return new CodedError('usage', { cause });
}

function json(status: number, document: unknown, headers: Record<string, string> = {}): Answer {
  const own = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers: { ...own, ...headers }, body: `${JSON.stringify(document)}\n` };
}
