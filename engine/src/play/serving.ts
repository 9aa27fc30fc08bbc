/**
 * Brings an engine to its pages: token and port of the installation, the hub's server, and the bus on it. A data directory that cannot be
 * written or belongs to another running engine does not stop a replay: this run then has its own token, or the next port.
 */
import {
  CodedError,
  errorText,
  type HubReference,
  type ReadyDocument,
  type Settings,
  type SoundSettings,
} from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { firstPort, keepPort, readPort } from '../data/port.ts';
import { loadSettings } from '../data/settings-file.ts';
import { ensureToken, newToken } from '../data/token.ts';
import type { Api } from '../hub/api.ts';
import { Hub, type SessionMessage } from '../hub/hub.ts';
import { HubServer } from '../hub/hub-server.ts';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { pagesFolder } from '../pages-folder.ts';
import { version } from '../version.ts';

export interface Serving {
  hub: Hub;
  ready: ReadyDocument;
  close(): Promise<void>;
}

export interface ServingOptions {
  /** `--port`; absent for the installation's own. */
  port: number | undefined;
  nowMs: () => number;
  /** null: not known yet. */
  session: SessionMessage | null;
  reference: HubReference | null;
  settings: Settings;
  api: Api;
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
  const { token, lock } =
    options.lock === undefined
      ? claimInstallation(context)
      : { token: ensureToken(context.dataDir), lock: options.lock };
  const hub = new Hub({ version: version(), nowMs: options.nowMs, onDrawn: options.onDrawn });
  if (options.session !== null) hub.publishSession(options.session);
  hub.publishSettings(options.settings);
  hub.publishReference(options.reference);
  hub.publishSoundSettings(soundSettings(context));
  const wanted = options.port ?? readPort(context.dataDir) ?? firstPort;
  const { api } = options;
  const server = await HubServer.open({
    hub,
    token,
    port: wanted,
    pagesFolder,
    api,
    voicesFolder: context.dataDir.file('voices'),
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
    ready: { ready: true, urls: server.urls(token) },
    close: async () => {
      await server.close();
      if (options.lock === undefined) lock?.release();
    },
  };
}

function soundSettings({ dataDir, terminal }: Context): SoundSettings {
  const { settings, notice } = loadSettings(dataDir, new Date());
  if (notice !== null) terminal.tell(notice);
  return settings.sound;
}

/** The installation's token and lock, as far as they can be had. */
function claimInstallation({ dataDir, terminal }: Context): { token: string; lock: EngineLock | null } {
  try {
    const lock = EngineLock.take(dataDir);
    return { token: ensureToken(dataDir), lock };
  } catch (thrown) {
    const error = CodedError.from(thrown);
    if (error.code === 'data-dir-locked') {
      terminal.tell(`Another Racing Coach (process ${error.data['pid']}) runs; this one goes on beside it.`);
      return { token: ensureToken(dataDir), lock: null };
    }
    terminal.tell(`${error.message} This run has a token of its own.`);
    return { token: newToken(), lock: null };
  }
}
