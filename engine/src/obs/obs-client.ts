/**
 * One connection to OBS over obs-websocket 5, behind what we need of it. Every call ends: the library itself waits for ever for an answer that a closed
 * connection will not bring.
 */
import {
  EventSubscription,
  type OBSRequestTypes,
  type OBSResponseTypes,
  OBSWebSocket,
} from 'obs-websocket-js/json';

/** OBS answers within milliseconds; one that draws a dialog answers when that is closed. */
const patienceMs = 5000;

/** What OBS says by itself. */
export interface ObsEvents {
  /** The scene that is on air. */
  scene(name: string): void;
  recording(active: boolean): void;
  replayBuffer(active: boolean): void;
  /** Once, after the connection was open. */
  closed(): void;
}

/** A refusal or a silence of OBS; `code` as in its protocol, 0 for silence. */
export class ObsFailure extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'ObsFailure';
    this.code = code;
  }

  static from(thrown: unknown): ObsFailure {
    if (thrown instanceof ObsFailure) return thrown;
    const code = thrown instanceof Error && 'code' in thrown ? Number(thrown.code) : 0;
    return new ObsFailure(Number.isFinite(code) ? code : 0, thrown instanceof Error ? thrown.message : '');
  }
}

export class ObsClient {
  readonly #socket: OBSWebSocket;

  private constructor(socket: OBSWebSocket) {
    this.#socket = socket;
  }

  /** Rejects with an {@link ObsFailure}. The password answers OBS' challenge; it is never sent. */
  static async connect(address: string, password: string | null, events: ObsEvents): Promise<ObsClient> {
    const socket = new OBSWebSocket();
    const eventSubscriptions =
      EventSubscription.General | EventSubscription.Scenes | EventSubscription.Outputs;
    try {
      await within(socket.connect(address, password ?? undefined, { rpcVersion: 1, eventSubscriptions }));
    } catch (thrown) {
      void socket.disconnect().catch(() => {});
      throw ObsFailure.from(thrown);
    }
    socket.on('CurrentProgramSceneChanged', ({ sceneName }) => events.scene(sceneName));
    socket.on('RecordStateChanged', ({ outputActive }) => events.recording(outputActive));
    socket.on('ReplayBufferStateChanged', ({ outputActive }) => events.replayBuffer(outputActive));
    socket.once('ConnectionClosed', () => events.closed());
    return new ObsClient(socket);
  }

  /** Rejects with an {@link ObsFailure}, at the latest after five seconds. */
  async call<Name extends keyof OBSRequestTypes>(
    name: Name,
    words?: OBSRequestTypes[Name],
  ): Promise<OBSResponseTypes[Name]> {
    try {
      return await within(this.#socket.call(name, words));
    } catch (thrown) {
      throw ObsFailure.from(thrown);
    }
  }

  /** Nobody is told: who closes knows. */
  close(): void {
    this.#socket.removeAllListeners();
    void this.#socket.disconnect().catch(() => {});
  }
}

async function within<Answer>(work: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ObsFailure(0, 'OBS did not answer in time')), patienceMs);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
