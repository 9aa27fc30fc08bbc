/** The replay buffer of OBS: how long it is, and saving it. */
import type { ObsClient } from './obs-client.ts';

/** OBS' own name of the output, the same in every language. */
const outputName = 'Replay Buffer';
/** OBS' default where the profile says nothing. */
const defaultS = 20;

export interface ReplayBuffer {
  running: boolean;
  seconds: number;
}

/** What runs counts; while nothing runs, what the profile says. Rejects with an `ObsFailure`. */
export async function readReplayBuffer(client: ObsClient): Promise<ReplayBuffer> {
  const running = await isRunning(client);
  const live = running ? await lengthOfOutput(client) : 0;
  return { running, seconds: live > 0 ? live : await lengthOfProfile(client) };
}

/** OBS answers with a failure while the buffer is switched off in its settings. */
function isRunning(client: ObsClient): Promise<boolean> {
  return client.call('GetReplayBufferStatus').then(
    ({ outputActive }) => outputActive,
    () => false,
  );
}

async function lengthOfOutput(client: ObsClient): Promise<number> {
  const { outputSettings } = await client.call('GetOutputSettings', { outputName });
  const { max_time_sec: seconds } = outputSettings;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : 0;
}

async function lengthOfProfile(client: ObsClient): Promise<number> {
  const mode = await parameter(client, 'Output', 'Mode');
  const category = mode === 'Advanced' ? 'AdvOut' : 'SimpleOutput';
  const seconds = Number(await parameter(client, category, 'RecRBTime'));
  return seconds > 0 ? seconds : defaultS;
}

async function parameter(client: ObsClient, parameterCategory: string, parameterName: string) {
  const words = { parameterCategory, parameterName };
  const { parameterValue, defaultParameterValue } = await client.call('GetProfileParameter', words);
  return parameterValue ?? defaultParameterValue;
}
