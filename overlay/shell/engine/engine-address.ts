/**
 * Where the engine answers, from the line that it prints when pages can connect. The engine is our own process, yet its addresses are checked:
 * a shell that sends the token elsewhere would give the installation away.
 */
import { readyDocument } from '@racing-coach/contract';

export interface EngineAddress {
  port: number;
  token: string;
  /** `ws://127.0.0.1:<port>/hub?token=…` */
  hub: string;
  /** The OBS source's address for the clipboard; null where the engine has none yet. */
  obs: string | null;
}

/** Null for every other line. */
export function engineAddress(line: string): EngineAddress | null {
  const document = readyDocument.safeParse(parsed(line));
  if (!document.success) return null;
  const { hub, obs } = document.data.urls;
  const url = hub === undefined ? null : URL.parse(hub);
  const token = url?.searchParams.get('token') ?? null;
  if (url?.protocol !== 'ws:' || url.hostname !== '127.0.0.1' || !token) return null;
  return { port: Number(url.port), token, hub: url.href, obs: obs ?? null };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
