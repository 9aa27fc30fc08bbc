/** A server's life: open the database, bring it to this version, listen, say so; then, when told to stop, finish what has begun and close. */
import type { AddressInfo } from 'node:net';
import { buildApp } from '../app.ts';
import type { Config } from '../config/config.ts';
import type { App } from '../features/feature.ts';
import { linkUrl } from '../identity/links.ts';
import type { AppParts } from '../parts.ts';
import { startBackground } from './background.ts';
import { firstAdminLink } from './first-admin.ts';
import { openDatabase } from './open-database.ts';
import { closeParts, openParts } from './open-parts.ts';
import { openTelemetry } from './telemetry.ts';

export interface Urls {
  api: string;
  /** While there is no admin. */
  signUp?: string;
}

/**
 * Resolves when the server has stopped as it was told to. Rejects with one sentence when it cannot start, or when its database died.
 * @param ready called once, when requests are answered
 */
export async function serve(
  config: Config,
  version: string,
  stopped: AbortSignal,
  ready: (urls: Urls) => void,
): Promise<void> {
  let die: (error: Error) => void = () => undefined;
  const died = new Promise<never>((_resolve, reject) => {
    die = reject;
  });
  died.catch(() => undefined);
  const { database } = await openDatabase(config, (error) => die(error));
  try {
    const parts = await openParts(config, database, version);
    try {
      await answer(parts, Promise.race([aborted(stopped), died]), ready);
    } finally {
      await closeParts(parts);
    }
  } finally {
    await database.close();
  }
}

/** From the first request that is taken to the last that is answered. */
async function answer(parts: AppParts, end: Promise<void>, ready: (urls: Urls) => void): Promise<void> {
  const { config, database, clock } = parts;
  const telemetry = await openTelemetry(config, database);
  const app = await buildApp(parts);
  const stopBackground = startBackground(parts, telemetry, app.log);
  try {
    const address = await listen(app, config);
    const origin = config.publicUrl ?? address;
    const secret = await firstAdminLink(database, clock());
    ready({ api: origin, ...(secret === null ? {} : { signUp: linkUrl(origin, 'sign-up', secret) }) });
    await end;
  } finally {
    await closeInTime(app, config.shutdownS);
    await stopBackground();
  }
}

/** The origin that it listens at. */
async function listen(app: App, { host, port, tls }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`Port ${port} of ${host} cannot be opened (${code}). Choose another with --port.`);
  }
  const { address, port: used } = app.server.address() as AddressInfo;
  const name = address.includes(':') ? `[${address}]` : address;
  return `${tls === null ? 'http' : 'https'}://${name}:${used}`;
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Requests that have begun are finished; whatever still runs after the time limit is cut off. */
async function closeInTime(app: App, limitS: number): Promise<void> {
  const cut = setTimeout(() => {
    app.log.warn('requests were cut off: they took longer than the time to stop');
    app.server.closeAllConnections();
  }, limitS * 1000);
  await app.close();
  clearTimeout(cut);
}
