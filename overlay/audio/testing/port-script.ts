/** A minute's worth of everything that a port can do, in a second: what two ports must render alike. */
import { type AudioPort, quantumFrames } from '../player/audio-port.ts';
import { toneSamples } from '../tones/tone-samples.ts';
import { toneNames } from '../tones/tone-table.ts';

export const scriptLengthS = 3;

/** On a frame that begins a quantum, so that a fade lies on the same frames everywhere. */
const quantised = (port: AudioPort, atS: number) =>
  (Math.round((atS * port.sampleRateHz) / quantumFrames) * quantumFrames) / port.sampleRateHz;

export function playScript(port: AudioPort): void {
  const at = (atS: number) => quantised(port, atS);
  for (const [index, name] of toneNames.entries())
    port.play(toneSamples(name, port.sampleRateHz), at(0.1 + 0.4 * index), 'tones');
  const hum = Float32Array.from(
    { length: port.sampleRateHz },
    (_, frame) => 0.2 * Math.sin((2 * Math.PI * 150 * frame) / port.sampleRateHz),
  );
  const cut = port.play(hum, at(0.2), 'voice');
  cut.stop(at(0.7));
  port.play(hum, at(1.2), 'voice');
  port.level('voice', 0.4, at(1.4), 0.01);
  port.level('voice', 1, at(1.6), 0.01);
  port.level('master', 0.5, at(1.8), 0.005);
}
