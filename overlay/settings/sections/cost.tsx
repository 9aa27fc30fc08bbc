/** What the overlay costs the sim: measuring it, what was found, and drawing everything again. */
import type { CostState } from '@racing-coach/contract';
import { useEffect, useState } from 'preact/hooks';
import { type CostView, costPlan } from '../client/cost-watch.ts';
import { Group, Problem } from '../form/section.tsx';
import { usePage } from '../page.ts';

const minutes = (2 * costPlan.pairs * costPlan.blockS) / 60;

function useCost(): CostView {
  const { cost } = usePage();
  const [view, setView] = useState(cost.view);
  useEffect(() => {
    const end = cost.listen(() => setView(cost.view));
    void cost.look();
    return end;
  }, [cost]);
  return view;
}

export function CostGroup() {
  const { cost } = usePage();
  const { state, waits, problem } = useCost();
  const busy = waits || state?.running === true;
  return (
    <Group
      title="What it costs your sim"
      about={`Measured while you drive in practice: the overlay comes and goes for ${minutes} minutes, and the sim’s own frame rate says what that changes. Above 3 % less is drawn from then on.`}
    >
      <div class="measured">
        <div role="status">
          {problem === null ? null : <Problem text={problem} />}
          {state === null ? null : <Told state={state} waits={waits} />}
        </div>
        <div class="buttons">
          <button type="button" onClick={() => void (busy ? cost.stop() : cost.start())}>
            {busy ? 'Stop' : 'Measure'}
          </button>
          {state === null || state.level === 'full' ? null : (
            <button type="button" onClick={() => void cost.drawAll()}>
              Draw everything again
            </button>
          )}
        </div>
      </div>
    </Group>
  );
}

function Told({ state, waits }: { state: CostState; waits: boolean }) {
  if (waits) return <p>It begins once you drive on the track under green.</p>;
  if (state.running) return <Progress state={state} />;
  const lines = state.said.length > 0 ? state.said : [state.why];
  return (
    <>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  );
}

/** The seconds are for the eye alone: a screen reader hears of each block once. */
function Progress({ state: { block, blocks, blockS, second, blank, waitingS } }: { state: CostState }) {
  return (
    <>
      <p>
        Block {block} of {blocks}, overlay {blank ? 'off' : 'on'}.
        {waitingS > 3 ? ' Waiting for you on the track under green.' : ' Drive on as usual.'}
      </p>
      <progress aria-label="Measuring" max={blocks * blockS} value={(block - 1) * blockS + second} />
    </>
  );
}
