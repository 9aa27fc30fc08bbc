/** `convert`: a recording in another format. The native part reads, writes to a temporary file and renames it when it is whole. */
import type { Command } from '../cli/command.ts';
import { Progress } from '../cli/progress.ts';
import { readWords } from '../cli/readers.ts';
import { tellTapeDamage } from '../play/tape-damage.ts';

export const convertCommand: Command = {
  name: 'convert',
  summary: 'a recording in another format: .ibt, tape, lap file (.parquet), .csv',
  usage: ['IN OUT [--json]'],
  text: [
    'The formats are told by the names: .ibt, .tape, .csv, .csv.gz and .parquet. Read are iRacing recordings, tapes, Garage 61 exports, our own CSV and lap files. A .parquet is a lap file: a recording with several complete laps becomes several, OUT-STINT-LAP.parquet.',
    'Between .ibt and .tape every variable of every row stays what it is. A tape on which the car or the track changed becomes several recordings, OUT-1.ibt and so on. A tape that was cut short is mended by converting it to another .tape.',
    'Rows that a source dropped stay dropped: time is counted by rows, and a converted lap keeps its time.',
  ],
  options: [],
  examples: [
    'racing-coach convert garage61-export.csv lap.ibt',
    'racing-coach convert practice.ibt laps.parquet',
    'racing-coach convert evening.tape evening.ibt',
  ],
  json: 'Print what was written as a JSON document.',
  prepare(typed, problems) {
    const [input = '', output = ''] = readWords(typed, ['IN', 'OUT'], problems);
    if (input !== '' && input === output) problems.push('IN and OUT are the same file.');
    return async (context) => {
      const { terminal, native, json } = context;
      await tellTapeDamage([input], context);
      const { convertFile } = await native();
      const progress = new Progress(terminal, 'Converting');
      const summary = await convertFile(input, output, (fraction) => progress.show(fraction));
      progress.done();
      if (json) terminal.print(summary.trim());
      else terminal.print(`Wrote ${(JSON.parse(summary) as { files: string[] }).files.join(', ')}.`);
      return 0;
    };
  },
};
