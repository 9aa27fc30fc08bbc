/** What a page gets to hold where the rules forbid live instruction. */
import {
  type HubMessage,
  type HubReference,
  hubMessage,
  hubProtocol,
  type RulesMessage,
} from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { Hub } from './hub.ts';

const reference: HubReference = {
  label: 'best',
  own: true,
  lapTimeS: 90,
  lengthM: 3000,
  corners: [
    {
      id: 'T1',
      name: 'Gate',
      direction: 'left',
      kind: 'brake',
      complex: null,
      startM: 100,
      apexM: 150,
      minSpeedM: 151,
      endM: 200,
      minSpeedMps: 30,
      minGear: 2,
    },
  ],
  brakeZones: [{ startM: 80, endM: 140, peakBrake: 0.9 }],
  trace: { stepM: 2, throttle: [1, 0], brake: [0, 1], speedMps: [60, 30] },
};
const race: RulesMessage = { type: 'rules', raceLegal: true, why: 'This is a race.' };
const practice: RulesMessage = { type: 'rules', raceLegal: false, why: 'No race.' };

function hubAndPages() {
  const hub = new Hub({ version: '0', nowMs: () => 0 });
  const join = () => {
    const heard: HubMessage[] = [];
    const send = (text: string | Uint8Array) => {
      if (typeof text === 'string') heard.push(hubMessage.parse(JSON.parse(text)));
    };
    hub.join({ bufferedAmount: 0, send, ping: () => {}, close: () => {}, terminate: () => {} });
    return heard;
  };
  const references = (heard: HubMessage[]) =>
    heard.flatMap((message) => (message.type === 'reference' ? [message.reference] : []));
  return { hub, join, references };
}

test('only pages that call themselves a HUD are overlays', () => {
  const hub = new Hub({ version: '1', nowMs: () => 0 });
  const socket = { bufferedAmount: 0, send: () => {}, ping: () => {}, close: () => {}, terminate: () => {} };
  const [hud, settings, late] = [hub.join(socket), hub.join(socket), hub.join(socket)];
  const calls = (page: { message(text: string): void }, name: string) =>
    page.message(JSON.stringify({ type: 'page', protocol: hubProtocol, name }));
  calls(hud, 'hud');
  calls(settings, 'settings');
  expect([hub.clientCount, hub.hudCount]).toEqual([3, 1]);
  calls(late, 'hud');
  expect(hub.hudCount).toBe(2);
  hud.left();
  expect(hub.hudCount).toBe(1);
});

test('with the race the reference is taken back, and comes again after it', () => {
  const { hub, join, references } = hubAndPages();
  const page = join();
  hub.publishReference(reference);
  hub.publishRules(race);
  hub.publishRules({ ...race, why: 'This is a race. Other words.' });
  hub.publishRules(practice);
  const [none, first, taken, again] = references(page);
  expect([none, first, again]).toEqual([null, reference, reference]);
  expect(taken).toMatchObject({
    label: 'best',
    lapTimeS: 90,
    brakeZones: [],
    trace: { throttle: [], brake: [], speedMps: [] },
    corners: [{ id: 'T1', name: 'Gate', minSpeedMps: null, minGear: null }],
  });
  expect(references(page)).toHaveLength(4);
});

test('a page that comes during the race, and a reference that does, hold nothing either; the badge is told', () => {
  const { hub, join, references } = hubAndPages();
  hub.publishRules(practice);
  hub.publishRules(race);
  const early = join();
  hub.publishReference(reference, 'your best lap');
  const late = join();
  for (const page of [early, late]) {
    expect(references(page).at(-1)?.trace.speedMps).toEqual([]);
    expect(page.filter((message) => message.type === 'rules')).toEqual([race]);
  }
});
