/**
 * Brings an engine to its pages: token and port of the installation, the hub's server, and the bus on it. A data directory that cannot be
 * written or belongs to another running engine does not stop a replay: this run then has its own token, or the next port.
 */
import { join } from 'node:path';
import {
  CodedError,
  errorText,
  type HubReference,
  type ReadyDocument,
  type Settings,
} from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import type { DataDir } from '../data/data-dir.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { firstPort, keepPort, readPort } from '../data/port.ts';
import { ensureToken, newToken, rotateToken } from '../data/token.ts';
import { doctorForPages } from '../doctor/page-findings.ts';
import type { Api } from '../hub/api.ts';
import { Hub, type SessionMessage } from '../hub/hub.ts';
import { HubServer } from '../hub/hub-server.ts';
import { readyUrls } from '../hub/page-urls.ts';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { pagesFolder } from '../pages-folder.ts';
import type { SettingsDesk } from '../settings/settings-desk.ts';
import { voicePacks } from '../settings/voice-packs.ts';
import { version } from '../version.ts';
import { renewToken } from './renew-token.ts';

export interface Serving {
  hub: Hub;
  /** With the addresses of now: they change when the token is renewed. */
  readonly ready: ReadyDocument;
  /** Called with the new ready line whenever the token was renewed. */
  onRenewed(tell: (ready: ReadyDocument) => void): void;
  close(): Promise<void>;
}

export interface ServingOptions {
  /** `--port`; absent for the installation's own. */
  port: number | undefined;
  nowMs: () => number;
  /** null: not known yet. */
  session: SessionMessage | null;
  reference: HubReference | null;
  settings: SettingsDesk;
  api: Omit<Api, 'settings' | 'doctor' | 'voices'>;
  /** What a page told about a frame that it drew: milliseconds from sample to frame. */
  onDrawn: (latencyMs: number) => void;
  /** A snapshot was handed to the sockets. */
  onSent: (snapshot: Uint8Array) => void;
  /** The installation's lock where the caller has it; else it is taken, and gone without where another engine has it. */
  lock?: EngineLock;
}

/** Opens the hub and connects it with the bus. */
export async function serve(
  context: Context,
  bus: EventBus<EngineTopics>,
  options: ServingOptions,
): Promise<Serving> {
  const { token, lock, kept } =
    options.lock === undefined
      ? claimInstallation(context)
      : { token: ensureToken(context.dataDir), lock: options.lock, kept: true };
  const hub = new Hub({ version: version(), nowMs: options.nowMs, onDrawn: options.onDrawn });
  if (options.session !== null) hub.publishSession(options.session);
  const { settings } = options;
  if (lock === null)
    settings.leaveAlone('another Racing Coach is running, and the settings are changed there');
  if (settings.notice !== null) context.terminal.tell(settings.notice);
  pushSettings(hub, settings);
  hub.publishReference(options.reference);
  const wanted = options.port ?? readPort(context.dataDir) ?? firstPort;
  const api: Api = {
    ...options.api,
    settings,
    doctor: () => doctorForPages(context),
    voices: () => voicePacks([join(pagesFolder, 'audio', 'voices'), context.dataDir.file('voices')]),
  };
  const renewed: ((ready: ReadyDocument) => void)[] = [];
  const server = await HubServer.open({
    hub,
    token,
    port: wanted,
    pagesFolder,
    api,
    voicesFolder: context.dataDir.file('voices'),
    ...(kept ? { makeToken: () => nextToken(context.dataDir, lock) } : {}),
    onRenewed: (urls) => {
      for (const tell of renewed) tell({ ready: true, urls: readyUrls(urls) });
    },
  });
  if (wanted !== 0 && server.port !== wanted)
    context.terminal.tell(errorText('port-in-use', { port: wanted, used: server.port }));
  else if (options.port === undefined && lock !== null) keepPort(context.dataDir, server.port);
  lock?.announce(server.port);
  bus.subscribe('snapshot', 'hub', (bytes) => {
    hub.publishSnapshot(bytes);
    options.onSent(bytes);
  });
  bus.subscribe('event', 'hub', ({ event, text }) => hub.publishEvent(event, text));
  bus.subscribe('board', 'hub', ({ message, text }) => hub.publishNewest(message.type, text));
  return {
    hub,
    get ready(): ReadyDocument {
      return { ready: true, urls: readyUrls(server.urls()) };
    },
    onRenewed: (tell) => void renewed.push(tell),
    close: async () => {
      await server.close();
      if (options.lock === undefined) lock?.release();
    },
  };
}

/** Whose lock it is not must not write the token: the engine that has it goes on with the one that it read. */
async function nextToken(dataDir: DataDir, lock: EngineLock | null): Promise<string> {
  return lock === null ? renewToken(dataDir) : rotateToken(dataDir);
}

/** Pages are told what holds, now and after each change. */
function pushSettings(hub: Hub, desk: SettingsDesk): void {
  const push = (now: Settings) => {
    hub.publishSettings(now, desk.hint);
    hub.publishSoundSettings(now.sound);
    hub.setViewers(now.obs.viewers);
  };
  push(desk.current);
  desk.onChange(push);
}

/** The installation's token and lock, as far as they can be had. `kept`: the token is the installation's, and a new one would be as well. */
function claimInstallation({ dataDir, terminal }: Context): {
  token: string;
  lock: EngineLock | null;
  kept: boolean;
} {
  try {
    const lock = EngineLock.take(dataDir);
    return { token: ensureToken(dataDir), lock, kept: true };
  } catch (thrown) {
    const error = CodedError.from(thrown);
    if (error.code === 'data-dir-locked') {
      terminal.tell(`Another Racing Coach (process ${error.data['pid']}) runs; this one goes on beside it.`);
      return { token: ensureToken(dataDir), lock: null, kept: true };
    }
    terminal.tell(`${error.message} This run has a token of its own.`);
    return { token: newToken(), lock: null, kept: false };
  }
}
