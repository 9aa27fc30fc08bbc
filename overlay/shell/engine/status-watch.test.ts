import {
  emptySnapshot,
  hubProtocol,
  snapshotBytes,
  snapshotLayoutHash,
  statuses,
  writeSnapshot,
} from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { type HubSocket, StatusWatch } from './status-watch.ts';

class FakeHub implements HubSocket {
  binaryType = '';
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.onclose?.();
  }
  say(data: unknown): void {
    this.onmessage?.({ data });
  }
  greet(change: object = {}): void {
    const hello = {
      type: 'hello',
      protocol: hubProtocol,
      layoutHash: snapshotLayoutHash,
      version: '1',
      nowMs: 0,
    };
    this.say(JSON.stringify({ ...hello, ...change }));
  }
  snapshot(code: string): void {
    const bytes = new ArrayBuffer(snapshotBytes);
    const status = statuses.findIndex((row) => row.code === code);
    writeSnapshot(new DataView(bytes), { ...emptySnapshot(), status });
    this.say(bytes);
  }
}

function watched() {
  const clock = new FakeClock();
  const hubs: FakeHub[] = [];
  const heard: (string | null)[] = [];
  const [blanks, mutes]: [boolean[], boolean[]] = [[], []];
  const watch = new StatusWatch({
    open: () => {
      const hub = new FakeHub();
      hubs.push(hub);
      return hub;
    },
    later: clock.later,
    onStatus: (code) => heard.push(code),
    onSettings: () => heard.push('settings'),
    onBlank: (blank) => blanks.push(blank),
    onMuted: (muted) => mutes.push(muted),
  });
  const hub = () => hubs.at(-1) as FakeHub;
  return { clock, hubs, heard, blanks, mutes, watch, hub };
}

test('says a status when it changes, and names itself to the hub once', () => {
  const { hub, heard } = watched();
  hub().greet();
  hub().greet();
  for (const code of ['in-menus', 'in-menus', 'coaching', 'coaching']) hub().snapshot(code);
  expect(heard).toEqual(['in-menus', 'coaching']);
  expect(hub().sent).toEqual([JSON.stringify({ type: 'page', protocol: hubProtocol, name: 'shell' })]);
});

test.each([{ protocol: hubProtocol + 1 }, { layoutHash: 'another' }])(
  'a hub with %o is not read',
  (change) => {
    const { hub, heard } = watched();
    hub().greet(change);
    hub().snapshot('coaching');
    expect(heard).toEqual([]);
  },
);

test('nonsense is left out', () => {
  const { hub, heard } = watched();
  hub().say('{');
  hub().greet();
  hub().say(new ArrayBuffer(3));
  hub().say(7);
  expect(heard).toEqual([]);
});

test('a lost hub means no status, and it comes back', () => {
  const { hub, hubs, heard, clock } = watched();
  hub().greet();
  hub().snapshot('coaching');
  hub().close();
  expect(heard).toEqual(['coaching', null]);
  clock.pass(1000);
  expect(hubs).toHaveLength(2);
  hub().snapshot('coaching');
  expect(heard).toHaveLength(2);
  hub().greet();
  hub().snapshot('coaching');
  expect(heard.at(-1)).toBe('coaching');
});

test('once closed it stays closed', () => {
  const { watch, hubs, heard, hub, clock } = watched();
  hub().greet();
  hub().snapshot('coaching');
  watch.close();
  clock.pass(10_000);
  expect(hubs).toHaveLength(1);
  expect(heard).toEqual(['coaching', null]);
});

test('a change of the settings is heard, the settings of a new connection are not', () => {
  const { clock, heard, hub } = watched();
  hub().say('{"type":"settings","hud":{"autoHide":false}}');
  hub().greet();
  hub().say('{"type":"settings","hud":{"autoHide":true}}');
  expect(heard).toEqual([]);
  hub().say('{"type":"settings","hud":{"autoHide":false}}');
  expect(heard).toEqual(['settings']);
  hub().onclose?.();
  clock.pass(1000);
  hub().greet();
  hub().say('{"type":"settings","hud":{"autoHide":true}}');
  expect(heard).toEqual(['settings', 'settings']);
});

test('a command goes to the hub that we know, and nowhere else', () => {
  const { watch, hub } = watched();
  watch.command('toggle-mute');
  expect(hub().sent).toEqual([]);
  hub().greet();
  watch.command('toggle-mute');
  expect(hub().sent.at(-1)).toBe('{"type":"sound-command","command":"toggle-mute"}');
});

test('muted is what the hub says, and with the hub it is over', () => {
  const { hub, mutes } = watched();
  hub().greet();
  for (const muted of [true, true, 'no', false, true])
    hub().say(JSON.stringify({ type: 'sound-muted', muted }));
  hub().close();
  expect(mutes).toEqual([true, false, true, false]);
});

test('overlays are away while the hub says so, and never longer than it is there', () => {
  const { hub, blanks, clock } = watched();
  hub().say('{"type":"blank","blank":true}');
  hub().greet();
  hub().say('{"type":"blank","blank":true}');
  hub().say('{"type":"blank","blank":true}');
  hub().say('{"type":"blank","blank":"no"}');
  hub().say('{"type":"blank","blank":false}');
  hub().say('{"type":"blank","blank":true}');
  hub().close();
  expect(blanks).toEqual([true, false, true, false]);
  clock.pass(1000);
  hub().greet();
  expect(blanks).toHaveLength(4);
});
