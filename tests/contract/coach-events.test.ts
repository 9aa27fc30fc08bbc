/** The core's golden events against the contract: what Rust writes is what TypeScript expects, and nothing else. */
import { readFileSync } from 'node:fs';
import { coachEvent } from '@racing-coach/contract';
import { describe, expect, it } from 'vitest';

const golden = new URL('../../native/core/tests/golden/coach-events.jsonl', import.meta.url);
const lines = readFileSync(golden, 'utf8').trimEnd().split('\n');

describe('the golden events of the core', () => {
  it('hold every kind of event', () => {
    const types = new Set(lines.map((line) => coachEvent.parse(JSON.parse(line)).type));
    expect([...types].sort()).toEqual(['corner', 'cue', 'lap', 'status']);
  });

  it.each(lines.map((line, index) => [index + 1, line] as const))(
    'line %i has exactly the fields of the contract',
    (_, line) => {
      const event: unknown = JSON.parse(line);
      // Zod drops what it does not know: an unknown field would make the two differ.
      expect(coachEvent.parse(event)).toEqual(event);
    },
  );
});
