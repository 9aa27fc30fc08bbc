/**
 * A lap file opens in DuckDB and in pandas. The file is the one of the fuzz corpus: 100 rows of a lap of 300 m, of which 13 lie before its first.
 * Both are installed into a cache folder on the first run; where that cannot be done the test says so and is skipped.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lapFile = join(root, 'native', 'fuzz', 'corpus', 'lap_file', 'lap.parquet');
const packages = ['duckdb==1.4.1', 'pandas==2.3.3', 'pyarrow==21.0.0'];
const folder = join(root, '.cache', 'lapfile-python');
/** About 130 MB of packages come over the network once. */
const installTimeoutMs = 600_000;

interface Seen {
  facts: {
    lengthM: number;
    rateHz: number;
    lap: number;
    startRow: number;
    endRow: number;
    trackName: string;
  };
  formatVersion: string;
  codecs: string[];
  encodings: string[];
  duckdb: {
    rows: number;
    columns: string[];
    types: Record<string, string>;
    firstRow: number;
    lapDistanceSum: number;
  };
  pandas: { rows: number; columns: string[]; firstRow: number; lapDistanceSum: number; gears: number[] };
}

/** Installs the packages unless they are there; the reason when it cannot be done. */
function install(): string | null {
  if (existsSync(folder)) return null;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  try {
    const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', part];
    execFileSync('python3', [...words, ...packages], { stdio: 'pipe', timeout: installTimeoutMs });
    renameSync(part, folder);
    return null;
  } catch (cause) {
    return `${packages.join(', ')} could not be installed: ${String(cause).split('\n')[0]}`;
  }
}

let missing: string | null = null;
beforeAll(() => {
  missing = install();
}, installTimeoutMs);

test('DuckDB and pandas read a lap file', (context) => {
  if (missing !== null) {
    console.log(`skipped: ${context.task.name}: ${missing}`);
    return context.skip(missing);
  }
  const script = join(root, 'tests', 'lapfile', 'read_lap_file.py');
  const env = { ...process.env, PYTHONPATH: folder };
  const text = execFileSync('python3', [script, lapFile], { encoding: 'utf8', env });
  const seen = JSON.parse(text) as Seen;
  expect(seen.formatVersion).toBe('1');
  expect(seen.facts).toMatchObject({ lengthM: 300, rateHz: 10, lap: 1, startRow: -0.5, endRow: 74.5 });
  expect(seen.codecs).toEqual(['GZIP']);
  expect(seen.encodings.join()).toContain('BYTE_STREAM_SPLIT');
  expect(seen.duckdb.rows).toBe(100);
  expect(seen.pandas.rows).toBe(100);
  expect(seen.duckdb.columns).toEqual(seen.pandas.columns);
  expect(seen.duckdb.columns.slice(0, 3)).toEqual(['row', 'sessionTimeS', 'sessionTick']);
  expect(seen.duckdb.types).toMatchObject({ row: 'INTEGER', gear: 'INTEGER', speedMps: 'FLOAT' });
  expect([seen.duckdb.firstRow, seen.pandas.firstRow]).toEqual([-13, -13]);
  // 250 m, then 4 m a row, modulo 300.
  const distances = Array.from({ length: 100 }, (_, index) => (250 + index * 4) % 300);
  const sum = distances.reduce((total, distance) => total + distance, 0);
  expect(seen.duckdb.lapDistanceSum).toBeCloseTo(sum, 3);
  expect(seen.pandas.lapDistanceSum).toBeCloseTo(sum, 3);
  expect(seen.pandas.gears).toEqual([3]);
});
