/** What a benchmark is: it measures, and says what it measured against what. Nothing here passes or fails a test: the machine is noisy. */

export interface Measurement {
  what: string;
  ours: number;
  unit: string;
  /** The same work by what a user would take instead, in the same run. */
  peer?: { name: string; value: number };
  /** How the number should be, for example `< 10` or `>= 20 times`. */
  wanted?: string;
  met?: boolean;
}

export interface BenchResult {
  measurements: Measurement[];
  /** Why nothing (or not everything) was measured. */
  skipped?: string;
}

export interface Bench {
  name: string;
  title: string;
  run(places: BenchPlaces): Promise<BenchResult>;
}

export interface BenchPlaces {
  /** The project's root. */
  root: string;
  /** For recordings and installed packages; kept between runs. */
  cache: string;
  /** A simulated session of eleven laps of the demo circuit at 60 Hz, as .ibt. */
  session: string;
  /** Shorter runs. */
  quick: boolean;
}

/** The share `p` (0 to 1) of the values lies at or under the result; NaN for none. */
export function quantile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: number[]): number => quantile(values, 0.5);

const digits = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
const number = (value: number) => (Number.isFinite(value) ? value.toFixed(digits(value)) : '-');

/** A table in Markdown, so that it reads in a terminal and in a file. */
export function resultTable(title: string, result: BenchResult): string {
  const rows = result.measurements.map((m) => {
    const peer = m.peer ? `${number(m.peer.value)} ${m.unit} (${m.peer.name})` : '';
    const ratio = m.peer ? `${number(m.peer.value / m.ours)} times` : '';
    const verdict = m.met === undefined ? '' : m.met ? 'yes' : 'no';
    return `| ${m.what} | ${number(m.ours)} ${m.unit} | ${peer} | ${ratio} | ${m.wanted ?? ''} | ${verdict} |`;
  });
  const head = '| what | ours | instead | faster | wanted | met |\n|---|---|---|---|---|---|';
  const note = result.skipped ? `\nskipped: ${result.skipped}` : '';
  return `### ${title}\n\n${rows.length > 0 ? `${head}\n${rows.join('\n')}` : ''}${note}\n`;
}
