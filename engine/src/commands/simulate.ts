/** `simulate`: the simulated car drives laps with known mistakes and writes the recording and the truth about it. */
import type { Command } from '../cli/command.ts';
import { lapTimeText } from '../cli/format.ts';
import { readInteger, readRequired, readWords } from '../cli/readers.ts';

export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'drive the simulated car, with known mistakes, into a recording',
  usage: [
    '--out FILE.ibt [--truth TRUTH.json] [--track NAME or FILE.csv] [--car PRESET]',
    '    [--driver PRESET] [--laps N] [--seed S] [--mistakes SPEC] [--json]',
  ],
  text: [
    'The track is a shipped circuit by name, or a centre line as CSV with the columns x_m, y_m, w_tr_right_m, w_tr_left_m. The same arguments give the same bytes on every machine.',
    'SPEC is none, random, or a list such as T3:brakes-early=12@2-4,T5:late-throttle: corner, mistake, size in the unit of the mistake, and the laps it is made on (all of them when left out). The codes and their units are brakes-early, brakes-late, trails-too-little, late-throttle and runs-wide in metres, brakes-soft as a share of the pressure, over-slows in m/s, coasts in seconds and wrong-gear in gears; random makes two to four a lap.',
    'A mistake changes what the driver does with pedals, wheel and gears; speed and time follow by integration. The truth file says what each cost: the same lap driven again without that one mistake.',
  ],
  options: [
    { name: 'track', value: 'TRACK', text: 'A circuit by name (demo) or FILE.csv; demo when left out.' },
    { name: 'car', value: 'PRESET', text: 'gt3, gt4, mx5 or formula; gt3 when left out.' },
    { name: 'driver', value: 'PRESET', text: 'alien, pro, club or novice; club when left out.' },
    { name: 'laps', value: 'N', text: 'Timed laps, 1 to 500; 3 when left out.' },
    { name: 'seed', value: 'S', text: 'Chooses the scatter from lap to lap; 1 when left out.' },
    { name: 'mistakes', value: 'SPEC', text: 'The mistakes; none when left out.' },
    { name: 'out', value: 'FILE.ibt', text: 'The recording to write.' },
    { name: 'truth', value: 'FILE.json', text: 'The truth file to write; none when left out.' },
  ],
  examples: [
    'racing-coach simulate --out club.ibt --truth club.json --laps 5 --seed 7',
    'racing-coach simulate --track Spa.csv --car gt3 --driver pro --mistakes T1:brakes-early=15 --out spa.ibt',
  ],
  json: 'Print what was driven as a JSON document.',
  prepare(typed, problems) {
    readWords(typed, [], problems);
    const request = {
      track: typed.values.get('track') ?? 'demo',
      car: typed.values.get('car') ?? 'gt3',
      driver: typed.values.get('driver') ?? 'club',
      laps: readInteger(typed, 'laps', { least: 1, most: 500 }, problems) ?? 3,
      seed: readInteger(typed, 'seed', { least: 0, most: Number.MAX_SAFE_INTEGER }, problems) ?? 1,
      mistakes: typed.values.get('mistakes') ?? 'none',
      out: readRequired(typed, 'out', 'the recording to write', problems),
      truth: typed.values.get('truth') ?? null,
    };
    return async ({ terminal, native, json }) => {
      const { simulate } = await native();
      const summary = await simulate(JSON.stringify(request));
      if (json) terminal.print(summary.trim());
      else for (const line of summaryLines(summary, request)) terminal.print(line);
      return 0;
    };
  },
};

/** The summary's laps where it lists them; what was written in any case. */
function summaryLines(summary: string, request: { out: string; truth: string | null }): string[] {
  const { laps = [] } = JSON.parse(summary) as { laps?: { lap: number; lapTimeS: number | null }[] };
  const times = laps.map((lap) => `Lap ${lap.lap}: ${lapTimeText(lap.lapTimeS)}`);
  return [...times, `Wrote ${[request.out, request.truth].filter((name) => name !== null).join(' and ')}.`];
}
