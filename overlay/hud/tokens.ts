/**
 * The HUD's look in one place: colours, type, space and time. Nothing else in the HUD names a colour or a size of type.
 * Contrast is tested in `tokens.test.ts`, on the plate alone and on the plate over pure white.
 */

export const colour = {
  /** What must be read now. */
  ink: 0xf2f5f7,
  /** Units, labels, things at rest. */
  muted: 0x9aa6b2,
  plate: 0x0b0e11,
  /** Hairlines inside a plate. */
  line: 0x4a5763,
  /** Time gained; always with a minus or on the left. */
  gain: 0x56b4e9,
  /** Time lost; always with a plus or on the right. */
  loss: 0xe69f00,
  /** Look here: the countdown, a reason for silence. */
  attention: 0xf0e442,
  throttle: 0x4cc38a,
  /** A little lighter than pure signal red, so that a bar reads at 4.5 : 1 with a white sky behind the plate. */
  brake: 0xff7b6f,
} as const;

export const alpha = {
  /** A plate in use: dark enough for 4.5 : 1 in the worst case, white behind it. */
  plate: 0.82,
  /** A plate at rest: an outline of itself. */
  restPlate: 0.12,
  restLine: 0.4,
  /** The reference beside the driver's own line. */
  reference: 0.6,
  /** The reference that lies ahead, where there is no own line to compete with. */
  ahead: 0.8,
  /** Below the driver's own brake line. */
  area: 0.25,
} as const;

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
  /** A verdict stays this long. */
  verdictMs: 2500,
  /** A verdict that found no straight within this time is stale: rows of corners seldom last longer. */
  verdictStaleMs: 8000,
  /** White flash at GO: one group of frames. */
  flashMs: 100,
} as const;
