/**
 * Brings an engine to its pages: token and port of the installation, the hub's server, and the bus on it. A data directory that cannot be
 * written or belongs to another running engine does not stop a replay: this run then has its own token, or the next port.
 */
import {
  CodedError,
  errorText,
  type HubReference,
  type ReadyDocument,
  type SoundSettings,
} from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { firstPort, keepPort, readPort } from '../data/port.ts';
import { loadSettings } from '../data/settings-file.ts';
import { ensureToken, newToken } from '../data/token.ts';
import { Hub, type SessionMessage } from '../hub/hub.ts';
import { HubServer } from '../hub/hub-server.ts';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { pagesFolder } from '../pages-folder.ts';
import { version } from '../version.ts';

export interface Serving {
  ready: ReadyDocument;
  close(): Promise<void>;
}

export interface ServingOptions {
  /** `--port`; absent for the installation's own. */
  port: number | undefined;
  nowMs: () => number;
  session: SessionMessage;
  reference: HubReference | null;
}

/** Opens the hub and connects it with the bus. */
export async function serve(
  context: Context,
  bus: EventBus<EngineTopics>,
  options: ServingOptions,
): Promise<Serving> {
  const { token, lock } = claimInstallation(context);
  const hub = new Hub({ version: version(), nowMs: options.nowMs });
  hub.publishSession(options.session);
  hub.publishReference(options.reference);
  hub.publishSoundSettings(soundSettings(context));
  const wanted = options.port ?? readPort(context.dataDir) ?? firstPort;
  const server = await HubServer.open({
    hub,
    token,
    port: wanted,
    pagesFolder,
    voicesFolder: context.dataDir.file('voices'),
  });
  if (wanted !== 0 && server.port !== wanted)
    context.terminal.tell(errorText('port-in-use', { port: wanted, used: server.port }));
  else if (options.port === undefined && lock !== null) keepPort(context.dataDir, server.port);
  bus.subscribe('snapshot', 'hub', (bytes) => hub.publishSnapshot(bytes));
  bus.subscribe('event', 'hub', ({ event, text }) => hub.publishEvent(event, text));
  return {
    ready: { ready: true, urls: server.urls(token) },
    close: async () => {
      await server.close();
      lock?.release();
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
