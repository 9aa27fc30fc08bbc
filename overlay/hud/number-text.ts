/** Numbers as people read them. A real minus sign (U+2212) has a figure's width, a hyphen has not. */
export const minus = '\u2212';

/** What stands between whole and part, in the language. */
export type DecimalSign = '.' | ',';

/** So many decimals with a real minus; never a minus before nothing but zeros. */
export function fixedText(value: number, decimals: number, sign: DecimalSign = '.'): string {
  const digits = Math.abs(value).toFixed(decimals).replace('.', sign);
  return value < 0 && /[1-9]/.test(digits) ? `${minus}${digits}` : digits;
}

/** Hundredths of a second with a sign: `+0.32`, a real minus, `0.00`; one decimal from ten seconds on. */
export function deltaText(hundredths: number, sign: DecimalSign = '.'): string {
  const size = Math.abs(hundredths);
  const digits = (size / 100).toFixed(size >= 1000 ? 1 : 2).replace('.', sign);
  if (hundredths === 0) return digits;
  return `${hundredths < 0 ? minus : '+'}${digits}`;
}

/** `1:31.204`; a lap time is true to the millisecond. */
export function lapTimeText(lapTimeS: number, decimals = 3, sign: DecimalSign = '.'): string {
  const unit = 10 ** decimals;
  const parts = Math.round(lapTimeS * unit);
  const minutes = Math.floor(parts / (60 * unit));
  const seconds = ((parts % (60 * unit)) / unit).toFixed(decimals).replace('.', sign);
  return `${minutes}:${seconds.padStart(decimals + (decimals > 0 ? 3 : 2), '0')}`;
}
