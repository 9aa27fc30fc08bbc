/** Colours that come from outside (the sim's classes) as they can be read on a plate. */

const channels = (rgb: number) => [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255] as const;

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(rgb: number): number {
  const [r, g, b] = channels(rgb).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

export function contrast(a: number, b: number): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** WCAG 2.2, 1.4.3: for text of any size. */
export const legibleContrast = 4.5;
const steps = 10;

/** A plate with the scene shining through that leaves its texts least: white behind a dark one, black behind a light one. */
export function worstGround(plate: number, opacity: number): number {
  const scene = luminance(plate) < 0.5 ? 0xffffff : 0;
  return mix(scene, plate, opacity);
}

/**
 * The colour, mixed with as much ink as it takes to read on the plate, whatever shines through.
 * @param ground see `worstGround`
 */
export function legible(colour: number, ground: number, ink: number): number {
  for (let step = 0; step < steps; step += 1) {
    const mixed = mix(colour, ink, step / steps);
    if (contrast(mixed, ground) >= legibleContrast) return mixed;
  }
  return ink;
}

function mix(from: number, to: number, part: number): number {
  const [a, b] = [channels(from), channels(to)];
  return a.reduce(
    (rgb, value, index) => (rgb << 8) | Math.round(value + ((b[index] ?? 0) - value) * part),
    0,
  );
}
