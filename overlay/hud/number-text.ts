/** Numbers as people read them. A real minus sign (U+2212) has a figure's width, a hyphen has not. */
export const minus = '\u2212';

/** Hundredths of a second with a sign: `+0.32`, a real minus, `0.00`; one decimal from ten seconds on. */
export function deltaText(hundredths: number): string {
  const size = Math.abs(hundredths);
  const digits = size >= 1000 ? (size / 100).toFixed(1) : (size / 100).toFixed(2);
  if (hundredths === 0) return digits;
  return `${hundredths < 0 ? minus : '+'}${digits}`;
}

/** `1:31.204`; a lap time is true to the millisecond. */
export function lapTimeText(lapTimeS: number): string {
  const milliseconds = Math.round(lapTimeS * 1000);
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = ((milliseconds % 60_000) / 1000).toFixed(3);
  return `${minutes}:${seconds.padStart(6, '0')}`;
}

/** Speed for the driver: km/h, whole. */
export const kmhFromMps = (speedMps: number) => Math.round(speedMps * 3.6);
