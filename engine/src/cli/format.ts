/** The last step before a person: numbers to text, and plain tables. Nothing here is ever read back. */

/** 93.4567 → `1:33.457`; null → `-`. */
export function lapTimeText(lapTimeS: number | null): string {
  if (lapTimeS === null || !Number.isFinite(lapTimeS)) return '-';
  const ms = Math.round(Math.abs(lapTimeS) * 1000);
  const minutes = Math.floor(ms / 60_000);
  const rest = ((ms % 60_000) / 1000).toFixed(3);
  return `${lapTimeS < 0 ? '-' : ''}${minutes}:${rest.padStart(6, '0')}`;
}

/** Positive is slower: `+0.123`. */
export function deltaText(deltaS: number | null): string {
  if (deltaS === null || !Number.isFinite(deltaS)) return '-';
  const text = Math.abs(deltaS).toFixed(3);
  if (Number(text) === 0) return '0.000';
  return `${deltaS < 0 ? '-' : '+'}${text}`;
}

/** m/s → `123 km/h`. */
export function speedText(speedMps: number): string {
  return `${(speedMps * 3.6).toFixed(0)} km/h`;
}

/** Columns padded to their widest cell; numbers to the right. `columns` names them, `>` in front means right-aligned. */
export function table(columns: string[], rows: string[][]): string[] {
  const right = columns.map((name) => name.startsWith('>'));
  const lines = [columns.map((name) => name.replace(/^>/, '')), ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  return lines.map((line) =>
    line
      .map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
