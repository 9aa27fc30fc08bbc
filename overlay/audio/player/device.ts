/** The browser's audio device: opened once, kept awake, moved where the driver wants it. */

/** Where the browser has it; its types lag behind. */
type Movable = AudioContext & { setSinkId?(id: string): Promise<void> };

/**
 * Chromium lets go of a device that got nothing but silence for half a minute, and opening it again takes a quarter of a second: too long for a beat. A
 * tone below hearing, at -100 dBFS, is not silence.
 */
const [awakeHz, awakeGain] = [15, 1e-5];

export function openDevice(): AudioContext {
  return new AudioContext({ latencyHint: 'interactive' });
}

export function keepAwake(context: BaseAudioContext): void {
  const gain = context.createGain();
  gain.gain.value = awakeGain;
  const oscillator = context.createOscillator();
  oscillator.frequency.value = awakeHz;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start();
}

/** Moves the sound to a device; null is the system's. Returns what is wrong, or null: sound goes on where it was. */
export async function useDevice(context: AudioContext, deviceId: string | null): Promise<string | null> {
  const movable: Movable = context;
  if (movable.setSinkId === undefined)
    return deviceId === null ? null : 'This browser cannot choose an audio device: the system’s is used.';
  try {
    await movable.setSinkId(deviceId ?? '');
    return null;
  } catch {
    return 'The chosen audio device is not there: the sound stays where it was.';
  }
}
