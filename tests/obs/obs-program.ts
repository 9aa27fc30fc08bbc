/** A real OBS on a screen that nobody sees: Debian's obs-studio under Xvfb, with a profile and a password of its own. Nobody's settings are touched. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect as connectTo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';

export const obsPassword = 'only for this test';
export const bufferSeconds = 20;
/** A machine that compiles beside it takes its time. */
const readyWithinMs = 60_000;

const onPath = (program: string) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** Why it cannot run here, or null. */
export const obsMissing = ['obs', 'Xvfb'].every(onPath)
  ? null
  : 'obs-studio and Xvfb are needed: sudo apt-get install -y obs-studio xvfb';

const globalIni = (port: number) => `[General]
FirstRun=true
Pre19Defaults=false
Pre21Defaults=false
Pre23Defaults=false
Pre24.1Defaults=false
LastVersion=486539266
EnableAutoUpdates=false
[Basic]
Profile=Test
ProfileDir=Test
SceneCollection=Test
SceneCollectionFile=Test
ConfigOnNewProfile=false
[OBSWebSocket]
FirstLoad=false
ServerEnabled=true
ServerPort=${port}
AlertsEnabled=false
AuthRequired=true
ServerPassword=${obsPassword}
`;

/** As small and as slow as OBS goes: what is tested is who saves, not what. */
const profileIni = (recordings: string) => `[General]
Name=Test
[Output]
Mode=Simple
[SimpleOutput]
FilePath=${recordings}
RecFormat=mkv
RecQuality=Stream
RecRB=true
RecRBTime=${bufferSeconds}
RecRBSize=64
VBitrate=300
StreamEncoder=x264
RecEncoder=x264
Preset=ultrafast
[Video]
BaseCX=320
BaseCY=180
OutputCX=320
OutputCY=180
FPSType=0
FPSCommon=10
`;

export interface RealObs {
  address: string;
  /** Where it saves. */
  recordings: string;
  stop(): Promise<void>;
}

/** @param folder of the test's own; it holds OBS' settings and what it records */
export async function startObs(folder: string): Promise<RealObs> {
  const port = await freePort();
  const recordings = join(folder, 'recordings');
  const settings = join(folder, 'config', 'obs-studio');
  mkdirSync(join(settings, 'basic', 'profiles', 'Test'), { recursive: true });
  mkdirSync(join(settings, 'basic', 'scenes'), { recursive: true });
  mkdirSync(recordings);
  writeFileSync(join(settings, 'global.ini'), globalIni(port));
  writeFileSync(join(settings, 'basic', 'profiles', 'Test', 'basic.ini'), profileIni(recordings));
  const screen = await startScreen();
  const env = {
    ...process.env,
    DISPLAY: screen.display,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_RUNTIME_DIR: folder,
    LIBGL_ALWAYS_SOFTWARE: '1',
    QT_QPA_PLATFORM: 'xcb',
  };
  const words = ['--multi', '--disable-shutdown-check', '--disable-updater', '--minimize-to-tray'];
  const program = spawn('obs', words, { env, stdio: 'ignore' });
  const stop = async () => {
    await end(program);
    await end(screen.program);
  };
  try {
    await answers(port, program);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: `ws://127.0.0.1:${port}`, recordings, stop };
}

/** Xvfb chooses a free number itself and tells it. */
async function startScreen(): Promise<{ program: ChildProcess; display: string }> {
  const program = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const told = program.stdio[3] as Readable;
  const number = await new Promise<string>((resolve, reject) => {
    program.once('exit', () => reject(new Error('Xvfb ended')));
    told.once('data', (text) => resolve(String(text).trim()));
  });
  return { program, display: `:${number}` };
}

async function answers(port: number, program: ChildProcess): Promise<void> {
  const end = performance.now() + readyWithinMs;
  while (!(await isOpen(port))) {
    if (program.exitCode !== null) throw new Error(`OBS ended with ${program.exitCode}`);
    if (performance.now() > end) throw new Error('OBS did not open its server in time');
    await new Promise((done) => setTimeout(done, 100));
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTo(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** OBS asks nothing when it is ended this way. */
async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGKILL');
  await ended;
}
