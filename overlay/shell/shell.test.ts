import { readHudRegion } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { beside, type FakeWindow, fullHd, hub, settle, type World, world } from './testing/fake-ports.ts';

async function driving(...words: Parameters<typeof world>): Promise<World> {
  const made = world(...words);
  made.shell.start();
  await made.ready();
  made.status('coaching');
  return made;
}
const isShown = ({ log }: FakeWindow) =>
  log.filter((line) => line === 'show' || line === 'hide').at(-1) === 'show';
const texts = ({ tray }: World) => tray().items.flatMap((item) => ('label' in item ? [item.label] : []));

describe('from the start to the first corner', () => {
  test('nothing but the tray before there is an engine', () => {
    const made = world();
    made.shell.start();
    expect(made.open()).toEqual([]);
    expect(made.tray()).toMatchObject({ mark: 'idle', tip: 'Racing Coach: Starting.' });
  });
  test('windows are ready before anybody drives, and shown when somebody does', async () => {
    const made = world();
    made.shell.start();
    await made.ready();
    made.status('in-menus');
    expect(made.kind('hud')).toHaveLength(3);
    expect(made.kind('hud').some(isShown)).toBe(false);
    expect(texts(made)).toContain('Hidden until you drive.');
    made.status('out-lap');
    expect(made.kind('hud').every(isShown)).toBe(true);
    expect(made.tray().mark).toBe('live');
    made.status('in-garage');
    expect(made.kind('hud').some(isShown)).toBe(false);
    expect(made.windows).toHaveLength(4);
  });
  test('each window is told its part of the screen and the hub, and takes no click', async () => {
    const made = await driving();
    for (const { log, spec } of made.kind('hud')) {
      expect(log.slice(0, 2)).toEqual(['traits alwaysOnTop clickThrough', `load ${spec.url}`]);
      const region = readHudRegion(new URL(spec.url).searchParams);
      expect(region?.hub).toBe(hub);
      expect(region?.stage).toEqual({ width: 1920, height: 1080 });
      expect(region?.region).toEqual(spec.bounds);
    }
  });
  test('the settings that the engine has count more than those of the file', async () => {
    const made = world();
    made.settings = { ...made.settings, overlay: { ...made.settings.overlay, widgets: ['deltaBar'] } };
    made.shell.start();
    await made.ready();
    expect(made.kind('hud').map(({ spec }) => spec.key)).toEqual(['hud:1:deltaBar']);
  });
  test('an engine without the interface leaves the settings as the file has them', async () => {
    const made = world({ widgets: ['deltaBar'] });
    made.refuseSettings = true;
    made.shell.start();
    await made.ready();
    expect(made.kind('hud')).toHaveLength(1);
  });
});

describe('an engine that dies', () => {
  test('takes the windows with it and brings them back', async () => {
    const made = await driving();
    made.engines.at(-1)?.complaint('racing-coach: out of luck');
    made.engines.at(-1)?.exit(1);
    expect(made.open()).toEqual([]);
    expect(texts(made)).toContain('racing-coach: out of luck');
    made.clock.pass(500);
    await made.ready();
    made.status('coaching');
    expect(made.kind('hud').every(isShown)).toBe(true);
  });
  test('too often is said, and the user can try again', async () => {
    const made = await driving();
    for (let death = 0; death < 5; death += 1) {
      made.engines.at(-1)?.exit(1);
      made.clock.pass(15_000);
    }
    expect(made.tray()).toMatchObject({ mark: 'trouble' });
    expect(made.engines).toHaveLength(5);
    made.pick('Start the engine again');
    await made.ready();
    expect(made.engines).toHaveLength(6);
    expect(made.tray().mark).toBe('idle');
  });
});

describe('a page that fails', () => {
  test('is loaded again when its process ends', async () => {
    const made = await driving();
    const [window] = made.kind('hud');
    window?.events.gone('crashed');
    made.clock.pass(250);
    expect(window?.log.at(-1)).toBe('reload');
  });
  test('is ended and loaded again when it hangs', async () => {
    const made = await driving();
    const [window] = made.kind('hud');
    if (window) window.answers = false;
    made.clock.pass(15_000);
    expect(window?.log.at(-1)).toBe('kill');
    made.clock.pass(250);
    expect(window?.log.at(-1)).toBe('reload');
  });
  test('is left in peace while it answers', async () => {
    const made = await driving();
    for (let s = 0; s < 120; s += 1) {
      made.clock.pass(1000);
      await settle();
    }
    for (const { log } of made.open()) expect(log.filter((line) => /kill|reload/.test(line))).toEqual([]);
  });
  test('is given up after six times in two minutes, and the tray says so', async () => {
    const made = await driving();
    const [window] = made.kind('hud');
    for (let n = 0; n < 6; n += 1) {
      window?.events.gone('crashed');
      made.clock.pass(10_000);
    }
    expect(window?.log.filter((line) => line === 'reload')).toHaveLength(5);
    expect(made.tray().mark).toBe('trouble');
    expect(texts(made)).toContain('A page keeps failing (crashed).');
  });
});

describe('edit mode', () => {
  test('begins and is kept by the shortcut, with a window over each display', async () => {
    const made = await driving({}, { displays: [fullHd, beside] });
    made.press('Control+Alt+E');
    expect(made.kind('hud')).toEqual([]);
    expect(made.kind('edit').map(({ spec }) => spec.bounds)).toEqual([fullHd.bounds, beside.bounds]);
    expect(made.kind('edit')[0]?.log).toContain('traits alwaysOnTop focusable');
    const { handlers } = made.shell;
    handlers['edit:act']({ kind: 'select', name: 'deltaBar' });
    handlers['edit:act']({ kind: 'nudge', x: 1, y: 0, big: false });
    expect(made.kind('edit')[0]?.told.at(-1)).toMatchObject(['edit:changed', { selected: 'deltaBar' }]);
    made.press('Control+Alt+E');
    await settle();
    expect(made.kind('edit')).toEqual([]);
    expect(made.kind('hud').every(isShown)).toBe(true);
    const put = made.asked.at(-1);
    expect(put?.url).toBe('http://127.0.0.1:47800/api/settings/overlay');
    const kept = JSON.parse(String(put?.init.body));
    expect(kept.placements.deltaBar).toMatchObject({ display: '1', x: 754 / 1500 });
  });
  test('discards what the driver does not want', async () => {
    const made = await driving();
    const before = made.kind('hud').map(({ spec }) => spec.url);
    made.press('Control+Alt+E');
    made.shell.handlers['edit:act']({ kind: 'select', name: 'deltaBar' });
    made.shell.handlers['edit:act']({ kind: 'nudge', x: 1, y: 0, big: true });
    made.shell.handlers['edit:act']({ kind: 'discard' });
    expect(made.kind('hud').map(({ spec }) => spec.url)).toEqual(before);
    expect(made.asked.filter(({ init }) => init.method === 'PUT')).toEqual([]);
  });
  test('ends with the engine, and when its window is closed', async () => {
    const made = await driving();
    made.press('Control+Alt+E');
    made.engines.at(-1)?.exit(1);
    expect(made.open()).toEqual([]);
    made.clock.pass(500);
    await made.ready();
    made.press('Control+Alt+E');
    made.kind('edit')[0]?.destroy();
    expect(made.kind('edit')).toEqual([]);
  });
  test('does not begin where there is no page to edit in', async () => {
    const made = await driving({}, { pages: ['hud'] });
    made.press('Control+Alt+E');
    expect(made.kind('hud').every(isShown)).toBe(true);
  });
  test('what could not be kept is said', async () => {
    const made = await driving();
    made.refuseSettings = true;
    made.pick('Audio only');
    await settle();
    expect(texts(made).some((text) => text.startsWith('The settings were not kept'))).toBe(true);
    expect(made.kind('hud')).toEqual([]);
  });
});

describe('modes', () => {
  test('audio only closes the overlay and keeps the sound', async () => {
    const made = await driving();
    const sound = made.kind('audio');
    made.pick('Audio only');
    expect(made.open()).toEqual(sound);
    expect(sound[0] && isShown(sound[0])).toBe(false);
  });
  test('what costs the sim too much leaves: windows without a widget that is kept, then all of them', async () => {
    const made = await driving();
    const level = (name: string) => made.hubSays({ type: 'cost', level: name, why: '' });
    level('half-rate');
    expect(made.kind('hud')).toHaveLength(3);
    level('few-widgets');
    const kept = made
      .kind('hud')
      .flatMap(({ spec }) => readHudRegion(new URL(spec.url).searchParams)?.layout ?? []);
    expect(kept.map(({ name }) => name).sort()).toEqual(['brakeMarker', 'deltaBar', 'status']);
    level('audio-only');
    expect(made.kind('hud')).toEqual([]);
    expect(made.kind('audio')).toHaveLength(1);
    expect(texts(made).join(' ')).toContain('Only sound');
    level('full');
    expect(made.kind('hud')).toHaveLength(3);
  });
  test('the capture window has a title and a size, and stays in the menus', async () => {
    const made = await driving({ mode: 'capture' });
    made.status('in-menus');
    const [window] = made.kind('capture');
    expect(window?.spec).toMatchObject({
      title: 'Racing Coach capture',
      bounds: { width: 1280, height: 720 },
      traits: { focusable: true, clickThrough: false, hideFromCapture: false },
    });
    expect(window && isShown(window)).toBe(true);
  });
  test('second monitor: one opaque window on the other display, none where there is none', async () => {
    const made = await driving({ mode: 'second-monitor' }, { displays: [fullHd, beside] });
    expect(made.kind('hud').map(({ spec }) => spec.bounds)).toEqual([beside.bounds]);
    expect(made.kind('hud')[0]?.spec.fixed.transparent).toBe(false);
    made.displays = [fullHd];
    made.shell.displaysChanged();
    expect(made.kind('hud')).toEqual([]);
  });
});

test('a display that leaves and returns gives back the same windows in the same places', async () => {
  const placements = { deltaBar: { display: '2', x: 0.5, y: 0.1, scale: 1 } };
  const made = await driving({ placements }, { displays: [fullHd, beside] });
  const picture = () =>
    made
      .kind('hud')
      .map(({ spec }) => `${spec.key} ${spec.url}`)
      .sort();
  const before = picture();
  made.displays = [fullHd];
  made.shell.displaysChanged();
  expect(picture()).not.toEqual(before);
  made.displays = [fullHd, beside];
  made.shell.displaysChanged();
  expect(picture()).toEqual(before);
});

test('a change of the display’s size moves the window that is there', async () => {
  const made = await driving({ widgets: ['deltaBar'] });
  const [window] = made.kind('hud');
  made.displays = [{ ...fullHd, bounds: { ...fullHd.bounds, width: 2560, height: 1440 } }];
  made.shell.displaysChanged();
  expect(made.kind('hud')).toEqual([window]);
  expect(window?.log.slice(-2)[0]).toBe('bounds 1000,32,560,38');
});

test('the top is taken back when the focus changed, by the shown windows alone', async () => {
  const made = await driving();
  made.shell.focusChanged();
  expect(made.kind('hud').every(({ log }) => log.at(-1) === 'raise')).toBe(true);
  expect(made.kind('audio')[0]?.log).not.toContain('raise');
  made.status('in-menus');
  made.shell.focusChanged();
  expect(made.kind('hud').every(({ log }) => log.at(-1) === 'hide')).toBe(true);
});

test('the overlay is hidden and shown by its shortcut', async () => {
  const made = await driving();
  made.press('Control+Alt+H');
  expect(made.kind('hud').some(isShown)).toBe(false);
  made.press('Control+Alt+H');
  expect(made.kind('hud').every(isShown)).toBe(true);
});

test('a shortcut that another program holds is said', async () => {
  const made = await driving({}, { taken: ['Control+Alt+E'] });
  expect(texts(made).some((text) => text.startsWith('Control+Alt+E belongs to another program'))).toBe(true);
  expect(await made.shell.handlers['shell:state']()).toMatchObject({ takenShortcuts: ['Control+Alt+E'] });
});

describe('the first run', () => {
  const fresh = () => {
    const made = world();
    made.settings = { ...made.settings, firstRun: { ...made.settings.firstRun, done: false } };
    made.shell.start();
    return made;
  };
  test('is shown once the engine says that it was never done, and not a second time', async () => {
    const made = fresh();
    expect(made.kind('settings')).toEqual([]);
    await made.ready();
    expect(made.kind('settings').map(isShown)).toEqual([true]);
    made.kind('settings')[0]?.destroy();
    made.engines.at(-1)?.exit(1);
    made.clock.pass(500);
    await made.ready();
    expect(made.kind('settings')).toEqual([]);
  });
  test('is left alone when it was done, also when it is begun anew later', async () => {
    const made = world();
    made.shell.start();
    await made.ready();
    made.hubSays({ type: 'settings', hud: { autoHide: true } });
    made.settings = { ...made.settings, firstRun: { ...made.settings.firstRun, done: false } };
    made.hubSays({ type: 'settings', hud: { autoHide: false } });
    await settle();
    expect(made.kind('settings')).toEqual([]);
  });
  test('waits for an engine that answers', async () => {
    const made = world();
    made.settings = { ...made.settings, firstRun: { ...made.settings.firstRun, done: false } };
    made.refuseSettings = true;
    made.shell.start();
    await made.ready();
    expect(made.kind('settings')).toEqual([]);
  });
});

describe('a profile as a file', () => {
  const file = { format: 'racing-coach-profile', version: 1, name: 'Wet', overrides: {} };
  const exported = async (disk: World['disk'], profile: unknown = file) => {
    const made = await driving();
    Object.assign(made, { disk, profile });
    return { made, answer: await made.shell.handlers['profile:export']('wet') };
  };
  test('is what the engine has, written where the user says', async () => {
    const { made, answer } = await exported('free');
    expect(answer).toEqual({ kind: 'written' });
    expect(made.asked.at(-1)?.url).toBe('http://127.0.0.1:47800/api/profiles/wet');
    const [line = ''] = made.done;
    expect(line).toMatch(/^save wet\.racing-coach\.json /);
    expect(JSON.parse(line.slice(line.indexOf('{')))).toEqual(file);
  });
  test('is not said to be written when it was not, and the page learns no path', async () => {
    expect((await exported('cancelled')).answer).toEqual({ kind: 'cancelled' });
    const { answer } = await exported('full');
    expect(answer).toEqual({
      kind: 'failed',
      why: 'The file could not be written: choose another folder.',
    });
  });
  test('is not written when the engine gives something else, or is away', async () => {
    const { made, answer } = await exported('free', { format: 'something else' });
    expect(answer).toMatchObject({ kind: 'failed' });
    expect(made.done).toEqual([]);
    made.engines.at(-1)?.exit(1);
    expect(await made.shell.handlers['profile:export']('wet')).toMatchObject({ kind: 'failed' });
  });
});

describe('while the engine starts again', () => {
  const restarted = async (overlay: Parameters<typeof world>[0]) => {
    const made = await driving(overlay);
    made.pick('Settings');
    const before = made.open().map((window) => [window, [...window.log]] as const);
    made.engines.at(-1)?.exit(1);
    return { made, before };
  };
  test('a captured window stays, on the address that it comes back to', async () => {
    const { made, before } = await restarted({ mode: 'capture' });
    const captured = made.kind('capture');
    expect(captured).toHaveLength(1);
    made.clock.pass(500);
    await made.ready();
    expect(made.kind('capture')).toEqual(captured);
    expect(captured[0]?.log).toEqual(before.find(([window]) => window === captured[0])?.[1]);
  });
  test('the settings stay as they are, what is over the sim goes', async () => {
    const { made } = await restarted({});
    expect(made.open().map(({ spec }) => spec.kind)).toEqual(['settings']);
    expect(made.kind('settings')[0]?.log.filter((line) => line.startsWith('load'))).toHaveLength(1);
  });
  test('another token is another address for a captured window, not another window', async () => {
    const { made } = await restarted({ mode: 'capture' });
    const captured = made.kind('capture');
    made.clock.pass(500);
    const renewed = hub.replace(/ff$/, '00');
    made.engines.at(-1)?.line(JSON.stringify({ ready: true, urls: { hub: renewed } }));
    expect(made.kind('capture')).toEqual(captured);
    const last = captured[0]?.log.at(-1) ?? '';
    expect(readHudRegion(new URL(last.replace('load ', '')).searchParams)?.hub).toBe(renewed);
  });
});

test('a captured window takes its new size where it stands', async () => {
  const capture = { background: 'green' as const, width: 1280, height: 720 };
  const made = await driving({ mode: 'capture', capture });
  const [window] = made.kind('capture');
  made.hubSays({ type: 'settings', hud: { autoHide: true } });
  const overlay = { ...made.settings.overlay, capture: { ...capture, width: 800, height: 600 } };
  made.settings = { ...made.settings, overlay };
  made.hubSays({ type: 'settings', hud: { autoHide: false } });
  await settle();
  expect(made.kind('capture')).toEqual([window]);
  expect(window?.log).toContain('size 800,600');
  expect(window?.log.some((line) => line.startsWith('bounds'))).toBe(false);
});

describe('ordinary windows', () => {
  test('open once, come to the front, and close', async () => {
    const made = await driving();
    made.pick('Settings');
    made.pick('Settings');
    expect(made.kind('settings')).toHaveLength(1);
    expect(made.kind('settings')[0]?.log.filter((line) => line === 'focus')).toHaveLength(2);
    made.kind('settings')[0]?.destroy();
    made.pick('Settings');
    expect(made.windows.filter(({ spec }) => spec.kind === 'settings')).toHaveLength(2);
  });
  test('a second start opens the settings, or the overlay where there are none', async () => {
    const made = await driving();
    made.shell.secondInstance();
    expect(made.kind('settings')).toHaveLength(1);
    const bare = await driving({}, { pages: ['hud'] });
    bare.press('Control+Alt+H');
    bare.shell.secondInstance();
    expect(bare.kind('hud').every(isShown)).toBe(true);
  });
});

test('the OBS address is copied, links are opened if they are ours', async () => {
  const made = await driving();
  made.pick('Copy the OBS address');
  expect(made.shell.handlers['link:open']('https://evil.example/')).toBe(false);
  expect(made.shell.handlers['link:open']('https://obsproject.com/kb')).toBe(true);
  expect(made.done).toEqual(['copy http://127.0.0.1:47800/obs/?token=x', 'link https://obsproject.com/kb']);
  const copy = made.shell.handlers['obs:copy'];
  expect(copy({ layout: 'coach', delayMs: 1500, audio: true })).toBe(true);
  expect(made.done.at(-1)).toBe('copy http://127.0.0.1:47800/obs/coach?token=x&delay=1500&audio=1');
  made.engines.at(-1)?.exit(1);
  expect(copy({ layout: 'full', delayMs: 0, audio: false })).toBe(false);
  expect(made.done).toHaveLength(3);
});

test('the display doctor reads what is there', async () => {
  const made = await driving();
  expect((await made.shell.handlers['display:doctor']())[0]?.state).toBe('so');
  made.ini = 'fullScreen=1';
  expect((await made.shell.handlers['display:doctor']())[0]?.state).toBe('bad');
});

test('pages hear no token', async () => {
  const made = await driving();
  made.pick('Settings');
  made.pick('Audio only');
  const heard = JSON.stringify([made.kind('settings')[0]?.told, await made.shell.handlers['shell:state']()]);
  expect(heard).toContain('Audio only.');
  expect(heard).not.toContain('00112233');
});

test('quitting ends the engine, then the app, once', async () => {
  const made = await driving();
  made.pick('Quit');
  void made.shell.quit();
  await settle();
  expect(made.open()).toEqual([]);
  expect(made.done).toEqual(['quit']);
});

describe('keys and settings', () => {
  test('the mute key tells the page that sounds, wherever it is', async () => {
    const made = await driving();
    made.press('Control+Alt+M');
    expect(made.toHub().at(-1)).toBe('{"type":"sound-command","command":"toggle-mute"}');
  });
  test.each([
    ['Control+Alt+U', 'say-fuel'],
    ['Control+Alt+L', 'say-lap-time'],
    ['Control+Alt+F', 'say-flags'],
  ])('%s asks for %s', async (keys, command) => {
    const made = await driving();
    made.press(keys);
    expect(JSON.parse(made.toHub().at(-1) ?? '')).toEqual({ type: 'sound-command', command });
  });
  test('two settings with the same keys: the first has them, and no other program is blamed', async () => {
    const made = await driving({ flagsShortcut: 'Control+Alt+M' });
    made.press('Control+Alt+M');
    expect(made.toHub().at(-1)).toContain('toggle-mute');
    made.press('Control+Alt+F');
    expect(made.toHub().at(-1)).toContain('toggle-mute');
  });
  test('the tray says that the sound is muted for as long as the hub says so, and mutes as the key does', async () => {
    const made = await driving();
    expect(texts(made)).toContain('Mute the sound');
    made.pick('Mute the sound');
    expect(made.toHub().at(-1)).toBe('{"type":"sound-command","command":"toggle-mute"}');
    made.hubSays({ type: 'sound-muted', muted: true });
    expect(made.tray().tip).toContain('Racing Coach: Muted. ');
    made.pick('Unmute the sound');
    expect(made.toHub().at(-1)).toContain('toggle-mute');
    made.hubSays({ type: 'sound-muted', muted: false });
    expect(made.tray().tip).not.toContain('Muted');
  });
  test('the settings key opens the settings, which know the hub', async () => {
    const made = await driving();
    made.press('Control+Alt+S');
    const [window] = made.kind('settings');
    expect(new URL(window?.spec.url ?? '').searchParams.get('hub')).toBe(hub);
  });
  test('another key of the settings holds as soon as the engine tells of it', async () => {
    const made = await driving();
    made.hubSays({ type: 'settings', hud: { autoHide: true } });
    const overlay = { ...made.settings.overlay, muteShortcut: 'Control+F9', widgets: ['deltaBar' as const] };
    made.settings = { ...made.settings, overlay };
    made.hubSays({ type: 'settings', hud: { autoHide: false } });
    await settle();
    made.press('Control+F9');
    expect(made.toHub().at(-1)).toContain('toggle-mute');
    expect(made.kind('hud').map(({ spec }) => spec.key)).toEqual(['hud:1:deltaBar']);
  });
});
