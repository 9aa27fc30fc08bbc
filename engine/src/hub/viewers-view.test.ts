import {
  type CueEvent,
  type HubMessage,
  hubMessage,
  settingsMessage,
  soundSettings,
  viewersSettings,
} from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { Hub } from './hub.ts';
import type { HubSocket } from './hub-client.ts';
import { viewersView } from './viewers-view.ts';

const hidden = viewersSettings.parse({});
const everything = { fuel: true, setup: true, names: true };

const cue = (code: string): HubMessage => ({
  type: 'event',
  event: { type: 'cue', code, words: '', kind: 'info' } as CueEvent,
});
const fuel: HubMessage = {
  type: 'fuel',
  levelL: 31.4,
  perLapL: 2,
  lapsCounted: 5,
  lapsLeft: 15,
  lapsToFlag: 12,
  marginLaps: 3,
};
const relative: HubMessage = {
  type: 'relative',
  own: null,
  cars: [
    {
      index: 4,
      number: '07',
      name: 'Ada Example',
      className: 'GT4',
      classColour: null,
      classPosition: 2,
      gapS: 1.2,
      lapsAhead: 0,
      inPits: false,
      arrivesInS: null,
    },
  ],
};
const offers: HubMessage = {
  type: 'offers',
  offers: [{ id: 'a', file: 'ada.ibt', track: '', car: '', date: '', bytes: 1 }],
};
const sound: HubMessage = {
  type: 'sound-settings',
  settings: soundSettings.parse({ device: 'headphones', latencyMs: 40 }),
};

describe('what viewers may know', () => {
  test('fuel and cues about it only where the driver says so', () => {
    expect(viewersView(fuel, hidden)).toBeNull();
    expect(viewersView(fuel, everything)).toEqual(fuel);
    expect(viewersView(cue('fuel-low'), hidden)).toBeNull();
    expect(viewersView(cue('pit-window'), hidden)).toBeNull();
    expect(viewersView(cue('fuel-low'), everything)).not.toBeNull();
    expect(viewersView(cue('brake-go'), hidden)).toEqual(cue('brake-go'));
  });

  test('other drivers’ names only where the driver says so; the numbers on their cars remain', () => {
    const text = JSON.stringify(viewersView(relative, hidden));
    expect(text).not.toContain('Ada');
    expect(text).toContain('"07"');
    expect(viewersView(relative, everything)).toEqual(relative);
  });

  test('names of files and devices never', () => {
    const session: HubMessage = {
      type: 'session',
      sim: 's',
      track: 't',
      config: '',
      car: 'c',
      source: 'ada.ibt',
    };
    for (const shown of [hidden, everything]) {
      expect(viewersView(offers, shown)).toBeNull();
      expect(JSON.stringify(viewersView(session, shown))).not.toContain('ada');
      expect(JSON.stringify(viewersView(sound, shown))).not.toContain('headphones');
    }
  });

  test('neither hints nor the self-test, and the rest of the settings', () => {
    const settings = settingsMessage.parse({
      type: 'settings',
      hud: {},
      look: { theme: 'light' },
      widgets: { status: { selfTest: true, raceLegal: false } },
      hint: 'settings-damaged',
    });
    expect(viewersView(settings, everything)).toEqual({
      ...settings,
      hint: null,
      widgets: { ...settings.widgets, status: { ...settings.widgets.status, selfTest: false } },
    });
  });

  test('every message that there is has a row', () => {
    for (const option of hubMessage.options) {
      const type = option.shape.type.value;
      const known = [fuel, relative, offers, sound, cue('x')].some((message) => message.type === type);
      const made = { type, cars: [], reference: null, settings: {}, widgets: {}, event: { type: 'lap' } };
      if (!known) expect(() => viewersView(made as unknown as HubMessage, hidden), type).not.toThrow();
    }
  });
});

describe('the hub', () => {
  function joined(hub: Hub, kind: 'own' | 'viewers') {
    const texts: string[] = [];
    const closed: number[] = [];
    const socket: HubSocket = {
      bufferedAmount: 0,
      send: (data) => void (typeof data === 'string' && texts.push(data)),
      close: (code) => void closed.push(code),
      terminate: () => {},
      ping: () => {},
    };
    hub.join(socket, kind);
    return { texts, closed };
  }

  test('tells a viewers’ page less, early and late', () => {
    const hub = new Hub({ version: '1', nowMs: () => 0 });
    const [own, early] = [joined(hub, 'own'), joined(hub, 'viewers')];
    hub.publishOffers(offers.type === 'offers' ? offers.offers : []);
    hub.publishReference(null, 'your best lap of ada.ibt');
    const late = joined(hub, 'viewers');
    expect(own.texts.join()).toContain('ada.ibt');
    for (const { texts } of [early, late]) expect(texts.join()).not.toContain('ada');
    expect(early.texts.join()).toContain('"reference"');
  });

  test('has viewers’ pages come anew when what they see changes, and leaves the driver’s alone', () => {
    const hub = new Hub({ version: '1', nowMs: () => 0 });
    const [own, viewers] = [joined(hub, 'own'), joined(hub, 'viewers')];
    hub.setViewers(hidden);
    expect(viewers.closed).toEqual([]);
    hub.setViewers(everything);
    expect([own.closed, viewers.closed]).toEqual([[], [4005]]);
  });
});
