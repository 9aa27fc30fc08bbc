/** The shell reads the settings before there is an engine: it must look where the engine keeps them. */
import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { DataDir } from '../../engine/src/data/data-dir.ts';
import { settingsPath } from '../../overlay/shell/system/boot-settings.ts';

const { platform } = process;

test.each([
  [{}],
  [{ RACING_COACH_DATA_DIR: platform === 'win32' ? 'C:\\laps' : '/laps' }],
  [{ LOCALAPPDATA: 'C:\\Local' }],
  [{ XDG_DATA_HOME: '/data' }],
])('with %o on this system', (env) => {
  const engine = new DataDir(undefined, env, platform).file('settings.json');
  expect(settingsPath(env, platform, homedir())).toBe(engine);
});
