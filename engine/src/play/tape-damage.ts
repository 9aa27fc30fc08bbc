/** What of a tape is lost, for a person: said by every command that reads one, before it does. */
import type { TapeDamage } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';

/** Says it on standard error; nothing for a whole tape, and for what is none. What is wrong with a file as a whole is for the command to say. */
export async function tellTapeDamage(files: readonly string[], context: Context): Promise<void> {
  const { tapeDamage } = await context.native();
  for (const file of files.filter((name) => /\.tape$/i.test(name))) {
    const damage = await tapeDamage(file).catch(() => null);
    if (damage === null) continue;
    for (const line of damageLines(file, JSON.parse(damage) as TapeDamage)) context.terminal.tell(line);
  }
}

/** For example `evening.tape: 30 rows are damaged and left out.` */
export function damageLines(file: string, { lostRows, damagedBytes, tornBytes }: TapeDamage): string[] {
  const lines: string[] = [];
  if (lostRows > 0)
    lines.push(`${file}: ${lostRows} ${lostRows === 1 ? 'row is' : 'rows are'} damaged and left out.`);
  else if (damagedBytes > 0) lines.push(`${file}: ${damagedBytes} bytes are damaged; no row is lost.`);
  if (tornBytes > 0)
    lines.push(
      `${file}: it was cut short, and its last ${tornBytes} bytes are left out: a second at most. Converting it to another .tape mends it.`,
    );
  return lines;
}
