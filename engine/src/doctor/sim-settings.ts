/**
 * iRacing's own settings that decide whether we can read and be seen. The files are the sim's: we look and tell which line to change, and change nothing.
 *
 * `app.ini` has `irsdkEnableMem`, `irsdkEnableDisk` and `irsdkLog360Hz` in [Misc]; `rendererDX11Monitor.ini` (and one for each kind of headset) has
 * `fullScreen` in [Display]. Lines are `key=value`, then blanks and a comment behind a semicolon; keys are read in any case and any section.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bad, type Finding, good, so } from './finding.ts';

/** The first value of each key, keys in lower case. Lines that are none are left out. */
export function readIni(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*\uFEFF?([^;#[\]=]+?)\s*=([^;]*)/.exec(line);
    const key = match?.[1]?.toLowerCase();
    if (key !== undefined && !values.has(key)) values.set(key, (match?.[2] ?? '').trim());
  }
  return values;
}

/** What the settings in `Documents/iRacing` mean for us. `folders` are the places where that may be; the first that exists counts. */
export function simSettings(folders: string[]): Finding[] {
  const folder = folders.find((one) => namesIn(one).length > 0);
  if (folder === undefined) return [so('iRacing settings', `None found (looked in ${folders.join(', ')}).`)];
  return [...appFindings(join(folder, 'app.ini')), ...screenFindings(folder)];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readFile(path: string): ReadonlyMap<string, string> | null {
  try {
    return readIni(readFileSync(path, 'latin1'));
  } catch {
    return null;
  }
}

const isOff = (value: string | undefined) => value !== undefined && Number(value) === 0;
const isOn = (value: string | undefined) => value !== undefined && Number(value) > 0;

function appFindings(path: string): Finding[] {
  const values = readFile(path);
  if (values === null) return [so('iRacing settings', `${path} is not there: start iRacing once.`)];
  const memory = isOff(values.get('irsdkenablemem'))
    ? bad(
        'memory telemetry',
        `Off: iRacing tells us nothing. In ${path} change the line to irsdkEnableMem=1 and start iRacing again.`,
      )
    : good('memory telemetry', isOn(values.get('irsdkenablemem')) ? 'On.' : 'Not set: on by default.');
  const disk = isOff(values.get('irsdkenabledisk'))
    ? so(
        'disk telemetry',
        `Off: Alt+L records nothing. In ${path} change the line to irsdkEnableDisk=1 to have recordings.`,
      )
    : good('disk telemetry', 'On: Alt+L in the car begins a recording.');
  const fast = isOn(values.get('irsdklog360hz'))
    ? good('360 Hz logging', 'On: read as it is, and recordings are larger.')
    : good('360 Hz logging', 'Off: 60 Hz is what we need.');
  return [memory, disk, fast];
}

function screenFindings(folder: string): Finding[] {
  const files = namesIn(folder).filter((name) => /^rendererDX11.*\.ini$/i.test(name));
  const exclusive = files.filter((name) => isOn(readFile(join(folder, name))?.get('fullscreen')));
  if (files.length === 0) return [];
  if (exclusive.length === 0)
    return [good('full screen', 'iRacing runs in a window: an overlay can be seen over it.')];
  const lines = exclusive.map((name) => join(folder, name)).join(' and ');
  return [
    bad(
      'full screen',
      `Exclusive, which hides every overlay. In iRacing's graphics options clear Full Screen and Border, or change the lines in ${lines} to fullScreen=0 and border=0. A second screen and OBS work as it is.`,
    ),
  ];
}
