import type { CostState } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { Refusal } from '../../panes/engine-api.ts';
import { type CostApi, CostWatch } from './cost-watch.ts';

const rest: CostState = {
  running: false,
  blank: false,
  block: 0,
  second: 0,
  waitingS: 0,
  blocks: 0,
  blockS: 0,
  result: null,
  level: 'full',
  why: '',
  said: [],
};

/** An engine that refuses to begin as long as it is told to. */
function engine() {
  const calls: string[] = [];
  const made = { refuses: null as string | null, running: false };
  const answer = (name: string) => async () => {
    calls.push(name);
    return { ...rest, running: made.running };
  };
  const api: CostApi = {
    cost: answer('look'),
    startCost: async () => {
      calls.push('start');
      if (made.refuses !== null) throw new Refusal(made.refuses, `Refused: ${made.refuses}.`, null);
      made.running = true;
      return { ...rest, running: true };
    },
    renewCost: answer('renew'),
    stopCost: async () => {
      made.running = false;
      return answer('stop')();
    },
    drawAll: answer('full'),
  };
  return Object.assign(made, { calls, watch: new CostWatch(api) });
}

test('it begins as soon as somebody drives, and goes on with the hub’s words until its end', async () => {
  const made = engine();
  made.refuses = 'cost-nobody-drives';
  await made.watch.start();
  await made.watch.beat();
  expect(made.watch.view).toMatchObject({ waits: true, problem: null });
  made.refuses = null;
  await made.watch.beat();
  expect(made.watch.view).toMatchObject({ waits: false, state: { running: true } });
  await made.watch.beat();
  made.running = false;
  await made.watch.beat();
  await made.watch.beat();
  expect(made.calls).toEqual(['start', 'look', 'start', 'look', 'start', 'renew', 'renew']);
});

test('what the driver cannot wait for is said, and nothing is asked any more', async () => {
  const made = engine();
  made.refuses = 'cost-no-overlay';
  await made.watch.start();
  await made.watch.beat();
  expect(made.watch.view).toMatchObject({ waits: false, problem: 'Refused: cost-no-overlay.' });
  expect(made.calls).toEqual(['start']);
});

test('waiting is given up without a word to the engine, measuring with one', async () => {
  const made = engine();
  made.refuses = 'cost-nobody-drives';
  await made.watch.start();
  await made.watch.stop();
  await made.watch.beat();
  expect([made.watch.view.waits, made.calls]).toEqual([false, ['start', 'look']]);
  made.refuses = null;
  await made.watch.start();
  await made.watch.stop();
  expect(made.watch.view.state?.running).toBe(false);
  expect(made.calls.slice(-2)).toEqual(['start', 'stop']);
});

test('whoever listens hears of each change until he ends it', async () => {
  const made = engine();
  let heard = 0;
  const end = made.watch.listen(() => {
    heard += 1;
  });
  await made.watch.look();
  end();
  await made.watch.drawAll();
  expect(heard).toBe(1);
});
