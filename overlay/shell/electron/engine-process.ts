/** The engine in a utility process: a process of its own, which Chromium ends with the app. */
import { utilityProcess } from 'electron';
import type { EngineEvents, EngineProcess } from '../engine/engine-supervisor.ts';
import { LineReader } from '../engine/line-reader.ts';
import { engineServiceName } from '../system/priorities.ts';

export function spawnEngine(entry: string, args: string[], events: EngineEvents): EngineProcess {
  const child = utilityProcess.fork(entry, args, {
    serviceName: engineServiceName,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Windows' own settings and the place of the user's data, and none of what Node would act on.
    env: withoutNode(process.env),
  });
  const out = new LineReader(events.line);
  const err = new LineReader(events.complaint);
  child.stdout?.on('data', (chunk: Uint8Array) => out.take(chunk));
  child.stderr?.on('data', (chunk: Uint8Array) => err.take(chunk));
  child.once('exit', (code) => events.exit(code));
  return {
    // Windows has no signal that a process could act on, so it is a message.
    stop: () => child.postMessage('stop'),
    kill: () => void child.kill(),
  };
}

function withoutNode(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(NODE_|ELECTRON_)/i.test(name)));
}
