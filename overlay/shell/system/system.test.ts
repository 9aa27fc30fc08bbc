import { defaultSettings, overlayGpu } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { bootOverlay, settingsPath } from './boot-settings.ts';
import { examineDisplay, readRendererIni } from './display-doctor.ts';
import { gpuSwitches, gpuToggles } from './gpu-switches.ts';
import { engineServiceName, lowersPriority, PriorityKeeper } from './priorities.ts';

describe('graphics toggles', () => {
  test('by default Chromium is left alone', () => {
    expect(gpuSwitches(defaultSettings.overlay.gpu)).toEqual({
      disableHardwareAcceleration: false,
      switches: [],
      disabledFeatures: [],
    });
  });
  test('each has its switch', () => {
    const gpu = overlayGpu.parse({
      hardwareAcceleration: false,
      angle: 'gl',
      directComposition: false,
      occlusionTracking: false,
      colourProfile: 'srgb',
    });
    expect(gpuSwitches(gpu)).toEqual({
      disableHardwareAcceleration: true,
      switches: [
        { name: 'use-angle', value: 'gl' },
        { name: 'disable-direct-composition' },
        { name: 'force-color-profile', value: 'srgb' },
      ],
      disabledFeatures: ['CalculateNativeWinOcclusion'],
    });
  });
  test('every toggle of the settings has a reason', () => {
    expect(Object.keys(gpuToggles).sort()).toEqual(Object.keys(overlayGpu.shape).sort());
    for (const { reason } of Object.values(gpuToggles)) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
  test('a settings file cannot bring a switch of its own', () => {
    const text = JSON.stringify({
      version: 1,
      overlay: { gpu: { angle: 'd3d11 --no-sandbox', 'no-sandbox': true } },
    });
    expect(gpuSwitches(bootOverlay(text).gpu).switches).toEqual([]);
    const unknown = bootOverlay(JSON.stringify({ version: 1, overlay: { gpu: { 'no-sandbox': true } } }));
    expect(gpuSwitches(unknown.gpu).switches).toEqual([]);
  });
});

describe('settings before there is an engine', () => {
  test.each([null, '', '{', 'null', '[]', '{"overlay":7}', '{"overlay":{"scale":99}}', '{"version":1}'])(
    '%o gives the defaults',
    (text) => {
      expect(bootOverlay(text)).toEqual(defaultSettings.overlay);
    },
  );
  test('a good section is taken even from a newer file', () => {
    expect(bootOverlay('{"version":9,"overlay":{"mode":"capture"}}').mode).toBe('capture');
  });
  test('lie where the engine keeps them', () => {
    expect(settingsPath({ LOCALAPPDATA: 'C:\\L' }, 'win32', 'C:\\U')).toBe(
      'C:\\L\\Racing Coach\\settings.json',
    );
    expect(settingsPath({}, 'win32', 'C:\\U')).toBe('C:\\U\\AppData\\Local\\Racing Coach\\settings.json');
    expect(settingsPath({}, 'linux', '/h')).toBe('/h/.local/share/racing-coach/settings.json');
    expect(settingsPath({ RACING_COACH_DATA_DIR: '/d' }, 'linux', '/h')).toBe('/d/settings.json');
  });
});

describe('priorities', () => {
  const processes = [
    { pid: 1, type: 'Browser' },
    { pid: 2, type: 'Tab' },
    { pid: 3, type: 'Utility', name: engineServiceName },
    { pid: 4, type: 'Utility', name: 'Audio Service' },
    { pid: 5, type: 'GPU' },
  ];
  test('ours go down, what is heard and composed does not', () => {
    expect(processes.filter(lowersPriority).map(({ pid }) => pid)).toEqual([1, 2, 3]);
  });
  test('each once, again when a pid comes back, and a failure stops nothing', () => {
    const lowered: number[] = [];
    const keeper = new PriorityKeeper((pid) => {
      lowered.push(pid);
      if (pid === 2) throw new Error('gone');
    });
    keeper.look(processes);
    keeper.look(processes);
    keeper.look([{ pid: 1, type: 'Browser' }]);
    keeper.look(processes);
    expect(lowered).toEqual([1, 2, 3, 2, 3]);
  });
});

describe('display doctor', () => {
  const ini = (fullScreen: number, rest = '') =>
    `[MonitorSetup]\r\nfullScreen=${fullScreen}\t; 0 windowed\r\n${rest}`;
  const look = (text: string) => examineDisplay(readRendererIni(text));
  test('exclusive full screen is bad, and it says what to change', () => {
    const findings = look(ini(1, 'border=0'));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ state: 'bad', text: expect.stringContaining('Borderless') });
  });
  test('borderless is good', () => {
    const findings = look(ini(0, 'border=0\nwindowedMaximized=1\nreduceFramerateWhenFocusLost=0'));
    expect(findings.map(({ state }) => state)).toEqual(['good']);
  });
  test('a frame, a small window and a slow background are said', () => {
    const findings = look(ini(0, 'Border = 1\nwindowedMaximized=0\nreduceFramerateWhenFocusLost=1'));
    expect(findings.map(({ state }) => state)).toEqual(['good', 'so', 'so', 'so']);
  });
  test('what is not there is not judged', () => {
    expect(look('')[0]?.state).toBe('so');
    expect(look('fullScreen=maybe\n;fullScreen=1')[0]?.text).toMatch(/do not say/);
    expect(examineDisplay(null)[0]?.text).toMatch(/not found/);
    expect(look(ini(0))).toHaveLength(1);
  });
});
