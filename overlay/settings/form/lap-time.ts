/** Lap times for people: `1:31.204`. */
export function lapTimeText(seconds: number): string {
  const thousandths = Math.round(seconds * 1000);
  const minutes = Math.floor(thousandths / 60_000);
  const rest = (thousandths % 60_000) / 1000;
  return minutes === 0 ? rest.toFixed(3) : `${minutes}:${rest.toFixed(3).padStart(6, '0')}`;
}
