/** OBS as far as its protocol goes: hello, challenge, requests and events of obs-websocket 5, over a real socket on a port of its own. */
import { createHash, randomBytes } from 'node:crypto';
import { type WebSocket, WebSocketServer } from 'ws';

const opCodes = { hello: 0, identify: 1, identified: 2, event: 5, request: 6, response: 7 } as const;
/** Close and status codes of the protocol. */
const authenticationFailed = 4009;
const success = 100;

export interface Refusal {
  code: number;
  comment?: string;
}
/** What a request is answered: data, a refusal, or null for silence. */
export type Answer = { data?: object } | Refusal | null;

interface Incoming {
  op: number;
  d: {
    authentication?: string;
    requestType?: string;
    requestId?: string;
    requestData?: Record<string, unknown>;
  };
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64');

export class FakeObs {
  /** Requests in their order, without those that only ask. */
  readonly done: { type: string; data: Record<string, unknown> | undefined }[] = [];
  /** Everything that was ever received, as text. */
  readonly heard: string[] = [];
  readonly answers = new Map<string, Answer>();
  /** How often somebody has come in. */
  connections = 0;
  scene = 'Main';
  recording = false;
  buffer = { running: true, seconds: 120 };
  readonly #server: WebSocketServer;
  readonly #password: string | null;
  readonly #sockets = new Set<WebSocket>();

  private constructor(server: WebSocketServer, password: string | null) {
    this.#server = server;
    this.#password = password;
    server.on('connection', (socket) => this.#greet(socket));
  }

  static open(password: string | null = null, port = 0): Promise<FakeObs> {
    const server = new WebSocketServer({ host: '127.0.0.1', port });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.once('listening', () => resolve(new FakeObs(server, password)));
    });
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get address(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get identified(): number {
    return this.#sockets.size;
  }

  /** As the streamer switches. */
  switchTo(scene: string): void {
    this.scene = scene;
    this.event('CurrentProgramSceneChanged', { sceneName: scene });
  }

  event(eventType: string, eventData: object): void {
    for (const socket of this.#sockets) send(socket, opCodes.event, { eventType, eventIntent: 1, eventData });
  }

  /** As when OBS is closed. */
  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((done) => this.#server.close(done));
  }

  #greet(socket: WebSocket): void {
    const [challenge, salt] = [randomBytes(16).toString('base64'), randomBytes(16).toString('base64')];
    const authentication = this.#password === null ? {} : { authentication: { challenge, salt } };
    send(socket, opCodes.hello, { obsWebSocketVersion: '5.5.0', rpcVersion: 1, ...authentication });
    const wanted = this.#password === null ? undefined : hash(hash(this.#password + salt) + challenge);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('message', (text) => {
      this.heard.push(String(text));
      const { op, d } = JSON.parse(String(text)) as Incoming;
      if (op === opCodes.identify) {
        if (d.authentication !== wanted) return socket.close(authenticationFailed, 'Authentication failed.');
        this.#sockets.add(socket);
        this.connections += 1;
        send(socket, opCodes.identified, { negotiatedRpcVersion: 1 });
      } else if (op === opCodes.request) this.#answer(socket, d);
    });
  }

  #answer(socket: WebSocket, { requestType = '', requestId, requestData }: Incoming['d']): void {
    const answer = this.answers.get(requestType) ?? this.#own(requestType, requestData);
    if (!requestType.startsWith('Get')) this.done.push({ type: requestType, data: requestData });
    if (answer === null) return;
    const refused = 'code' in answer;
    const requestStatus = refused ? { result: false, ...answer } : { result: true, code: success };
    const responseData = refused ? undefined : (answer.data ?? {});
    send(socket, opCodes.response, { requestType, requestId, requestStatus, responseData });
    if (requestType === 'SetCurrentProgramScene' && !refused)
      this.switchTo(String(requestData?.['sceneName']));
  }

  #own(type: string, data: Record<string, unknown> | undefined): Answer {
    switch (type) {
      case 'GetRecordStatus':
        return { data: { outputActive: this.recording } };
      case 'GetCurrentProgramScene':
        return { data: { currentProgramSceneName: this.scene } };
      case 'GetReplayBufferStatus':
        return { data: { outputActive: this.buffer.running } };
      case 'GetOutputSettings':
        return { data: { outputSettings: { max_time_sec: this.buffer.seconds } } };
      case 'GetProfileParameter': {
        const value = data?.['parameterName'] === 'RecRBTime' ? String(this.buffer.seconds) : 'Simple';
        return { data: { parameterValue: value, defaultParameterValue: '20' } };
      }
      default:
        return {};
    }
  }
}

function send(socket: WebSocket, op: number, d: object): void {
  socket.send(JSON.stringify({ op, d }));
}
