/**
 * Answers every request to `racing-coach://app`: a file of the built pages, or `/api/…` passed on to the engine on this machine with the token
 * added, or `/voices/…` of the user's own packs, which the engine has. Pages never see the token of the interface, and a page cannot choose where
 * its request goes.
 */
import { extname } from 'node:path';
import type { EngineAddress } from '../engine/engine-address.ts';
import { appHost, isAppUrl } from './app-scheme.ts';
import { contentTypes, pageFile, voicePath } from './page-file.ts';
import { pageHeaders } from './page-headers.ts';

export interface AppProtocolOptions {
  /** Rejects when there is no such file below the pages' folder. */
  readPage(parts: string[]): Promise<Uint8Array<ArrayBuffer>>;
  /** Where the engine answers now; null while it does not. */
  engine(): Pick<EngineAddress, 'port' | 'token'> | null;
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/** More than any settings or query of ours. */
const mostBodyBytes = 1024 * 1024;
const apiMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** What may travel to the engine. Cookies, origins and forwarding headers of the page do not. */
const passedOn = ['accept', 'content-type', 'if-match', 'if-none-match'];
/** What may travel back. */
const passedBack = ['content-type', 'etag', 'content-disposition'];
/** A name of the interface and what follows; no dots, no encoded separators, no second slash at the front. */
const apiPath = /^\/api(\/[\w-]+)+$/;

/** Never rejects. */
export async function answerApp(request: Request, options: AppProtocolOptions): Promise<Response> {
  try {
    if (!isAppUrl(request.url)) return refused(404, `There is nothing here but ${appHost}.`);
    const { pathname } = new URL(request.url);
    const isApi = pathname === '/api' || pathname.startsWith('/api/');
    if (isApi) return await answerApi(request, options);
    return await (pathname.startsWith('/voices/') ? answerVoice : answerPage)(request, options);
  } catch {
    return refused(500, 'This failed.');
  }
}

async function answerPage(request: Request, { readPage, engine }: AppProtocolOptions): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405, 'Pages are only read.');
  const parts = pageFile(new URL(request.url).pathname);
  if (parts === null) return refused(404, 'There is no such page.');
  const type = contentTypes[extname(parts.at(-1) ?? '')] ?? 'application/octet-stream';
  try {
    const body = await readPage(parts);
    const headers = pageHeaders(type, engine()?.port ?? null);
    return new Response(request.method === 'HEAD' ? null : body, { headers });
  } catch {
    return refused(404, 'There is no such page.');
  }
}

/** Without the token: the hub asks for none here, and what a pack holds is no secret. */
async function answerVoice(request: Request, { engine, fetch }: AppProtocolOptions): Promise<Response> {
  if (request.method !== 'GET') return refused(405, 'Voices are only read.');
  const path = voicePath(new URL(request.url).pathname);
  if (path === null) return refused(404, 'There is no such voice.');
  const address = engine();
  if (address === null) return refused(503, 'The engine is not running.');
  const init: RequestInit = { method: 'GET', redirect: 'error', credentials: 'omit' };
  return passedOnTo(`http://127.0.0.1:${address.port}${path}`, init, fetch);
}

async function answerApi(request: Request, { engine, fetch }: AppProtocolOptions): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  if (!apiPath.test(pathname)) return refused(404, 'There is no such interface.');
  if (!apiMethods.includes(request.method)) return refused(405, 'The interface does not do that.');
  const address = engine();
  if (address === null) return refused(503, 'The engine is not running.');
  const body = request.method === 'GET' ? null : await request.arrayBuffer();
  if (body !== null && body.byteLength > mostBodyBytes) return refused(413, 'That is too much.');
  const headers = picked(request.headers, passedOn);
  headers['authorization'] = `Bearer ${address.token}`;
  const url = `http://127.0.0.1:${address.port}${pathname}${search}`;
  const init: RequestInit = { method: request.method, headers, body, redirect: 'error', credentials: 'omit' };
  return passedOnTo(url, init, fetch);
}

async function passedOnTo(
  url: string,
  init: RequestInit,
  fetch: AppProtocolOptions['fetch'],
): Promise<Response> {
  return passBack(await fetch(url, init).catch(() => refused(502, 'The engine does not answer.')));
}

function passBack(answer: Response): Response {
  const type = answer.headers.get('content-type') ?? 'text/plain; charset=utf-8';
  const headers = { ...pageHeaders(type, null), ...picked(answer.headers, passedBack) };
  return new Response(answer.body, { status: answer.status, headers });
}

function picked(headers: Headers, names: readonly string[]): Record<string, string> {
  const pairs = names.map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== null));
}

function refused(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: pageHeaders('text/plain; charset=utf-8', null) });
}
