/** Whether somebody else understands what is said: a speech recogniser with our grammar, over sentences that Chromium joined. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { wavFile } from '../../overlay/audio/player/wav.ts';
import { root } from '../engine/racing-coach.ts';
import { chromiumPath } from '../visual/browser.ts';
import { openBench, samplesOf } from './bench.ts';
import { advice, calls, cornerNames, grammar, pronunciations, spokenWords } from './grammar.ts';

const rateHz = 16_000;
/** Comes with its English model; some 30 MB. */
const recogniser = 'pocketsphinx==5.1.1';
const folder = join(root, '.cache', 'speech-python');
const installTimeoutMs = 300_000;

/** Installs the recogniser unless it is there; the reason when it cannot be done. */
function install(): string | null {
  if (chromiumPath === undefined) return 'no Chromium was found (set CHROMIUM to its path)';
  if (existsSync(folder)) return null;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  try {
    const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', part];
    execFileSync('python3', [...words, recogniser], { stdio: 'pipe', timeout: installTimeoutMs });
    renameSync(part, folder);
    return null;
  } catch (cause) {
    return `${recogniser} could not be installed: ${String(cause).split('\n')[0]}`;
  }
}

let missing: string | null = null;
beforeAll(() => {
  missing = install();
}, installTimeoutMs);

/** Every corner number and name, every advice, every call, and numbers of all lengths. */
function sentences(): string[] {
  const [numbers, times] = fc.sample(
    fc.tuple(
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 30, maxLength: 30 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 0, max: 599 })), {
        minLength: 12,
        maxLength: 12,
      }),
    ),
    { seed: 26, numRuns: 1 },
  )[0] ?? [[], []];
  const number = (at: number) => numbers[at % numbers.length] ?? 1;
  return [
    ...Array.from({ length: 30 }, (_, at) => `Turn ${at + 1}, ${advice[at % advice.length]}`),
    ...cornerNames.map((name, at) => `${name}, ${(at % 8) + 2} tenths ${at % 2 === 0 ? 'lost' : 'gained'}`),
    ...advice.map((words, at) => `${words}, ${number(at)} meters`),
    ...numbers.map((value) => `At the ${value} board, brake`),
    ...times.map(([minutes, tenths]) => {
      const [seconds, tenth] = [Math.floor(tenths / 10), tenths % 10];
      return `Last lap, ${minutes}:${String(seconds).padStart(2, '0')}.${tenth}`;
    }),
    ...calls,
  ];
}

/** Words that stand where they should, by the longest common sequence. */
function wordsRight(said: string[], heard: string[]): boolean[] {
  const table = Array.from({ length: said.length + 1 }, () => new Array<number>(heard.length + 1).fill(0));
  const cell = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = said.length - 1; i >= 0; i -= 1)
    for (let j = heard.length - 1; j >= 0; j -= 1) {
      const row = table[i] as number[];
      row[j] = said[i] === heard[j] ? 1 + cell(i + 1, j + 1) : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  const right: boolean[] = [];
  for (let i = 0, j = 0; i < said.length; i += 1) {
    while (j < heard.length && said[i] !== heard[j] && cell(i, j + 1) > cell(i + 1, j)) j += 1;
    const hit = j < heard.length && said[i] === heard[j];
    right.push(hit);
    if (hit) j += 1;
  }
  return right;
}

test('a recogniser understands 95 % of the words: numbers, corners and what to do (seed 26)', async (context) => {
  if (missing !== null) {
    console.log(`skipped: speech recognition: ${missing}`);
    return context.skip(missing);
  }
  const spoken = mkdtempSync(join(tmpdir(), 'racing-coach-speech-'));
  const bench = await openBench();
  try {
    const said = sentences();
    const wavs: string[] = [];
    for (const [at, sentence] of said.entries()) {
      const call = `window.__bench.sentence('heart', ${JSON.stringify(sentence)}, ${rateHz})`;
      const text = (await bench.page.evaluate(call)) as string | null;
      expect(text, sentence).not.toBeNull();
      wavs.push(join(spoken, `${at}.wav`));
      writeFileSync(wavs[at] as string, wavFile(inARoom(samplesOf(text ?? '')), rateHz));
    }
    const input = JSON.stringify({ wavs, grammar, pronunciations });
    const ended = spawnSync('python3', [join(import.meta.dirname, 'recognise.py')], {
      input,
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: folder },
    });
    expect(ended.status, ended.stderr).toBe(0);
    const heard = JSON.parse(ended.stdout) as string[];
    report(said, heard);
  } finally {
    await bench.close();
    rmSync(spoken, { recursive: true, force: true });
  }
}, 600_000);

/** A recogniser wants a moment of a room's noise before and after. */
function inARoom(samples: Float32Array): Float32Array {
  const pad = Math.round(0.25 * rateHz);
  let state = 12_345;
  const noise = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state / 2 ** 31 - 0.5) * 4e-4;
  };
  return Float32Array.from(
    { length: samples.length + 2 * pad },
    (_, at) => (samples[at - pad] ?? 0) + noise(),
  );
}

function report(said: string[], heard: string[]): void {
  let [words, right, sentencesRight] = [0, 0, 0];
  const wrong: string[] = [];
  for (const [at, sentence] of said.entries()) {
    const expected = spokenWords(sentence).split(' ');
    const hits = wordsRight(expected, (heard[at] ?? '').split(' '));
    words += expected.length;
    right += hits.filter(Boolean).length;
    if (expected.join(' ') === heard[at]) sentencesRight += 1;
    else wrong.push(`${expected.join(' ')} -> ${heard[at]}`);
  }
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  console.log(
    `| speech recognised | ${percent(right, words)} of ${words} words | ${percent(sentencesRight, said.length)} of ${said.length} sentences whole |`,
  );
  console.log(wrong.join('\n'));
  expect(right / words).toBeGreaterThanOrEqual(0.95);
}
