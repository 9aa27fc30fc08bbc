/**
 * The HUD's look in one place: colours of each theme, type, space and time. Nothing else in the HUD names a colour or a size of type. Contrast is
 * tested in `tokens.test.ts` for every theme, on the plate alone and with the worst scene behind it: white for the dark themes, black for the light one.
 */
import type { themes } from '@racing-coach/contract';

export type Theme = (typeof themes)[number];

/** Views take their colours from the kit (`kit.colour`), which knows the theme. */
export interface Palette {
  /** What must be read now. */
  ink: number;
  /** Units, labels, things at rest. */
  muted: number;
  /** Behind everything; on a block of any other colour here it is the colour of the words. */
  plate: number;
  /** Hairlines inside a plate. */
  line: number;
  /** Time gained; always with a minus or on the left. */
  gain: number;
  /** Time lost; always with a plus or on the right. */
  loss: number;
  /** Look here: the countdown, a reason for silence. */
  attention: number;
  throttle: number;
  brake: number;
}

export interface Alphas {
  /** A plate in use: dense enough for 4.5 : 1 in the worst case. */
  plate: number;
  /** The line around a plate in use. */
  plateLine: number;
  /** A plate at rest: an outline of itself. */
  restPlate: number;
  restLine: number;
  /** The reference beside the driver's own line. */
  reference: number;
  /** The reference that lies ahead, where there is no own line to compete with. */
  ahead: number;
  /** Below the driver's own brake line. */
  area: number;
}

export const palettes: Record<Theme, Palette> = {
  dark: {
    ink: 0xf2f5f7,
    muted: 0x9aa6b2,
    plate: 0x0b0e11,
    line: 0x4a5763,
    gain: 0x56b4e9,
    loss: 0xe69f00,
    attention: 0xf0e442,
    throttle: 0x4cc38a,
    // A little lighter than pure signal red, so that a bar reads at 4.5 : 1 with a white sky behind the plate.
    brake: 0xff7b6f,
  },
  light: {
    ink: 0x11161b,
    muted: 0x3f4a55,
    plate: 0xf6f8fa,
    line: 0xa9b4be,
    gain: 0x00508f,
    loss: 0x7d4300,
    // A yellow that reads on white is an olive that calls nobody; violet does, and is neither gain, loss nor pedal.
    attention: 0x6a1b9a,
    throttle: 0x0a5c33,
    brake: 0x9c1c12,
  },
  'high-contrast': {
    ink: 0xffffff,
    muted: 0xd3dae0,
    plate: 0x000000,
    line: 0x7d8790,
    gain: 0x7cc8ff,
    loss: 0xffb200,
    attention: 0xffff00,
    throttle: 0x62e6a4,
    brake: 0xff9a90,
  },
};

export const alphas: Record<Theme, Alphas> = {
  dark: { plate: 0.82, plateLine: 0, restPlate: 0.12, restLine: 0.4, reference: 0.6, ahead: 0.8, area: 0.25 },
  light: { plate: 0.9, plateLine: 0, restPlate: 0.2, restLine: 0.5, reference: 0.6, ahead: 0.8, area: 0.2 },
  'high-contrast': {
    plate: 0.96,
    plateLine: 1,
    restPlate: 0.6,
    restLine: 0.8,
    reference: 0.85,
    ahead: 0.95,
    area: 0.35,
  },
};

export const type = {
  family: 'Barlow Condensed',
  label: '500',
  figure: '600',
  size: { micro: 12, small: 14, body: 18, title: 24, large: 36, huge: 56 },
} as const;

/** Base of every distance, in layout pixels (the layout is drawn for 1920 x 1080). */
export const space = { unit: 4, pad: 12, radius: 6, margin: 32 } as const;

export const motion = {
  /** Appearing and leaving, ease-out. Data never moves by animation. */
  appearMs: 120,
  /** A number may change ten times a second. */
  numberMs: 100,
  /** A verdict that found no straight within this time is stale: rows of corners seldom last longer. */
  verdictStaleMs: 8000,
  /** White flash at GO: one group of frames. */
  flashMs: 100,
} as const;
