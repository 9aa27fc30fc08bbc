/** Requests as no tidy client sends them: bytes on a socket, and what comes back. */
import { connect } from 'node:net';

/** An engine that says nothing for so long has swallowed the request. */
const patienceMs = 5000;

export interface RawAnswer {
  /** 0: the connection was closed without an answer. */
  status: number;
  text: string;
}

export function rawRequest(port: number, bytes: string | Uint8Array): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const done = () => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    };
    socket.setTimeout(patienceMs, done);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      // An upgrade that was let in stays open.
      if (text.startsWith('HTTP/1.1 101')) done();
    });
    socket.on('error', () => {});
    socket.on('close', done);
  });
}

export interface Asked {
  method: string;
  target: string;
  host: string | null;
  headers?: Record<string, string>;
  body?: string;
}

/** One request, after which the connection is over. */
export function requestText({ method, target, host, headers = {}, body }: Asked): string {
  const all = {
    ...(host === null ? {} : { Host: host }),
    ...('Connection' in headers ? {} : { Connection: 'close' }),
    ...headers,
    ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}

/** What a browser sends to open a WebSocket. */
export const upgradeHeaders = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
