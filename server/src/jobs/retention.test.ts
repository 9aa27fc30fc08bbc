import { expect, test } from 'vitest';
import type { TelemetryTable } from '../database/telemetry/telemetry-table.ts';
import { keepRetention } from './retention.ts';

const dayMs = 24 * 3600 * 1000;

/** Of a table that is only told to drop. */
function tableThat(facts: Partial<TelemetryTable>, dropped: Date[]): TelemetryTable {
  return {
    shape: 'plain',
    dropsByItself: false,
    retentionDays: 10,
    fill: async () => 0,
    clear: async () => undefined,
    dropBefore: async (time) => {
      dropped.push(time);
      if (dropped.length === 2) throw new Error('the database is away');
    },
    ...facts,
  };
}

async function threeHours(facts: Partial<TelemetryTable>) {
  const ending = new AbortController();
  let ms = 100 * dayMs;
  const dropped: Date[] = [];
  const failures: unknown[] = [];
  const clock = {
    now: () => new Date(ms),
    sleep: async (pauseMs: number) => {
      ms += pauseMs;
      if (ms >= 100 * dayMs + 3 * 3600 * 1000) ending.abort();
    },
  };
  await keepRetention(tableThat(facts, dropped), clock, ending.signal, (error) => failures.push(error));
  return { dropped: dropped.map((time) => time.getTime() / dayMs), failures };
}

test('every hour what is older than the retention is dropped; a failure is told and does not end it', async () => {
  const { dropped, failures } = await threeHours({});
  expect(dropped).toEqual([90, 90 + 1 / 24, 90 + 2 / 24]);
  expect(failures).toEqual([new Error('the database is away')]);
});

test('nothing is dropped where the database does it, or nothing is too old', async () => {
  expect((await threeHours({ dropsByItself: true })).dropped).toEqual([]);
  expect((await threeHours({ retentionDays: null })).dropped).toEqual([]);
});
