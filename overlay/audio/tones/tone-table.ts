/**
 * The tones, as numbers. Three voices of sound that are never mixed up: beats are wooden and low, GO is two harmonics an octave higher, a verdict
 * is a quiet third. Coach tones lie below 1 kHz; from 1 kHz up with three harmonics people hear an alarm, so that is kept for danger.
 *
 * Levels are peaks in dBFS before any volume. Loudness (BS.1770 in blocks of 100 ms, which a test measures): beats -24, GO -17, verdicts -29,
 * alarm -12 LUFS, beside a voice of -20.
 */

/** A steady sine inside a tone, from its start. */
export interface Partial {
  frequencyHz: number;
  /** Against the loudest partial. */
  amplitude: number;
  startS: number;
  /** How long it sounds. */
  lengthS: number;
}

export interface Tone {
  lengthS: number;
  peakDbfs: number;
  partials: readonly Partial[];
  /** Rise from nothing: long enough not to click, short enough that the onset is sharp. */
  attackS: number;
  /** Time constant of the decay after the attack; infinite for a tone that holds. */
  decayS: number;
  /** Fall to nothing at the end. */
  releaseS: number;
  /** The knock of a stick at the start: a short burst two octaves and a fifth up, as a struck bar has; null for none. */
  knock: { ratio: number; amplitude: number; decayS: number } | null;
}

const wood = { ratio: 3.93, amplitude: 0.6, decayS: 0.004 };

function beat(frequencyHz: number): Tone {
  return {
    lengthS: 0.06,
    peakDbfs: -9,
    partials: [{ frequencyHz, amplitude: 1, startS: 0, lengthS: 0.06 }],
    attackS: 0.002,
    decayS: 0.045,
    releaseS: 0.012,
    knock: wood,
  };
}

function third(firstHz: number, secondHz: number): Tone {
  return {
    lengthS: 0.32,
    peakDbfs: -24,
    partials: [
      { frequencyHz: firstHz, amplitude: 1, startS: 0, lengthS: 0.15 },
      { frequencyHz: secondHz, amplitude: 1, startS: 0.16, lengthS: 0.16 },
    ],
    attackS: 0.008,
    decayS: Number.POSITIVE_INFINITY,
    releaseS: 0.03,
    knock: null,
  };
}

export const tones = {
  'beat-3': beat(440),
  'beat-2': beat(440),
  'beat-1': beat(660),
  /** "Clearly higher": an octave above the first beats, its own octave with it, and half as long again. */
  go: {
    lengthS: 0.09,
    peakDbfs: -9,
    partials: [
      { frequencyHz: 880, amplitude: 1, startS: 0, lengthS: 0.09 },
      { frequencyHz: 1760, amplitude: 0.5, startS: 0, lengthS: 0.09 },
    ],
    attackS: 0.002,
    decayS: Number.POSITIVE_INFINITY,
    releaseS: 0.015,
    knock: null,
  },
  /** Time gained: a major third up. */
  'verdict-gain': third(523.25, 659.25),
  /** Time lost: the same third down. */
  'verdict-loss': third(659.25, 523.25),
  /** Danger: two bursts of 1 kHz with three harmonics, 90 ms apart, which people hear as an alarm at once. */
  alarm: {
    lengthS: 0.39,
    peakDbfs: -6,
    partials: [0, 0.24].flatMap((startS) =>
      [1000, 2000, 3000].map((frequencyHz, at) => ({
        frequencyHz,
        amplitude: [1, 0.6, 0.4][at] ?? 0,
        startS,
        lengthS: 0.15,
      })),
    ),
    attackS: 0.004,
    decayS: Number.POSITIVE_INFINITY,
    releaseS: 0.012,
    knock: null,
  },
} as const satisfies Record<string, Tone>;
export type ToneName = keyof typeof tones;
export const toneNames = Object.keys(tones) as ToneName[];
