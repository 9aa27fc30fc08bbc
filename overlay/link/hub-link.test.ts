import { hubProtocol, snapshotLayoutHash } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { HubLink, hubUrl, type LinkState, type Socket } from './hub-link.ts';

class FakeSocket implements Socket {
  binaryType = '';
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.onclose?.();
  }
  hear(message: object | ArrayBuffer): void {
    this.onmessage?.({ data: message instanceof ArrayBuffer ? message : JSON.stringify(message) });
  }
}

const hello = {
  type: 'hello',
  protocol: hubProtocol,
  layoutHash: snapshotLayoutHash,
  version: '1',
  nowMs: 5,
};

function linked() {
  const sockets: FakeSocket[] = [];
  const links: LinkState[] = [];
  const messages: string[] = [];
  const waits: number[] = [];
  let snapshots = 0;
  let retry = () => {};
  const link = new HubLink({
    pageName: 'hud',
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    later: (ms, run) => {
      waits.push(ms);
      retry = run;
    },
    onLink: (state) => links.push(state),
    onMessage: (message) => messages.push(message.type),
    onSnapshot: () => {
      snapshots += 1;
    },
  });
  const newest = () => sockets[sockets.length - 1] as FakeSocket;
  return { link, sockets, newest, links, messages, waits, retry: () => retry(), snapshots: () => snapshots };
}

test('greets, says its name, and hands on what arrives', () => {
  const { newest, links, messages, snapshots } = linked();
  newest().hear(hello);
  newest().hear({ type: 'clock', nowMs: 9 });
  newest().hear(new ArrayBuffer(8));
  expect(links).toEqual(['open']);
  expect(messages).toEqual(['hello', 'clock']);
  expect(snapshots()).toBe(1);
  expect(newest().sent).toEqual([`{"type":"page","protocol":${hubProtocol},"name":"hud"}`]);
});

test.each([
  ['another protocol', { ...hello, protocol: hubProtocol + 1 }],
  ['another layout', { ...hello, layoutHash: 'other' }],
])('takes nothing from an engine of %s', (_, message) => {
  const { newest, links, messages, snapshots } = linked();
  newest().hear(message);
  newest().hear({ type: 'clock', nowMs: 9 });
  newest().hear(new ArrayBuffer(8));
  expect(links).toEqual(['differs']);
  expect(messages).toEqual([]);
  expect(snapshots()).toBe(0);
});

test('takes nothing before the hello, nothing malformed and nothing unknown', () => {
  const { newest, messages, snapshots } = linked();
  newest().hear({ type: 'clock', nowMs: 1 });
  newest().hear(new ArrayBuffer(8));
  newest().hear(hello);
  newest().onmessage?.({ data: '{not json' });
  newest().hear({ type: 'clock', nowMs: 'soon' });
  newest().hear({ type: 'from-the-future' });
  expect(messages).toEqual(['hello']);
  expect(snapshots()).toBe(0);
});

test('comes back, slower each time, and quickly again after a good connection', () => {
  const { sockets, newest, links, waits, retry } = linked();
  for (let attempt = 0; attempt < 7; attempt += 1) {
    newest().close();
    retry();
  }
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  newest().hear(hello);
  newest().close();
  expect(waits.at(-1)).toBe(250);
  expect(sockets).toHaveLength(8);
  expect(links.at(-1)).toBe('closed');
});

test("the hub's address is the page's host with the page's token", () => {
  expect(hubUrl(new URL('http://127.0.0.1:8611/hud/?token=a%2Bb'))).toBe(
    'ws://127.0.0.1:8611/hub?token=a%2Bb',
  );
});
