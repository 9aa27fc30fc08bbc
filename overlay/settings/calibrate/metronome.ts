/** Sixteen beats on the sound device, scheduled ahead; resolves to when each was sent, on the page's clock. */

const beats = 16;
export const beatIntervalMs = 700;
/** Sound that is asked for late is late: the first beat waits for the device to wake. */
const leadMs = 600;

export interface Metronome {
  /** When each beat was sent, ms of `performance.now()`. */
  beatsMs: readonly number[];
  done: Promise<void>;
  stop(): void;
}

export async function playBeats(device: string | null): Promise<Metronome> {
  const context = new AudioContext({ latencyHint: 'interactive' });
  await context.resume();
  if (device !== null && 'setSinkId' in context)
    await (context.setSinkId as (id: string) => Promise<void>)(device).catch(() => undefined);
  const startMs = performance.now() + leadMs;
  const startS = context.currentTime + leadMs / 1000;
  const beatsMs = Array.from({ length: beats }, (_, beat) => startMs + beat * beatIntervalMs);
  for (let beat = 0; beat < beats; beat += 1) click(context, startS + (beat * beatIntervalMs) / 1000);
  const lastsMs = leadMs + beats * beatIntervalMs + 400;
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
    setTimeout(resolve, lastsMs);
  });
  const stop = () => {
    finish();
    if (context.state !== 'closed') void context.close();
  };
  void done.then(stop);
  return { beatsMs, done, stop };
}

/** A short tone with a hard edge: what is tapped to is its beginning. */
function click(context: AudioContext, atS: number): void {
  const tone = new OscillatorNode(context, { frequency: 880 });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0.5, atS);
  gain.gain.exponentialRampToValueAtTime(0.001, atS + 0.06);
  tone.connect(gain).connect(context.destination);
  tone.start(atS);
  tone.stop(atS + 0.08);
}
