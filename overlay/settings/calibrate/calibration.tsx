/** Offered once somebody has driven, never before: tap with the beat, so that braking beats and GO are heard on the point. */
import { useRef, useState } from 'preact/hooks';
import { usePage, useSettings } from '../page.ts';
import { type Metronome, playBeats } from './metronome.ts';
import { latencyFromTaps, type TapResult } from './tap.ts';

type Stage = { kind: 'rest' } | { kind: 'tapping'; taps: number } | { kind: 'result'; result: TapResult };

export function Calibration() {
  const { firstRun, sound } = useSettings();
  if (!firstRun.drove) return null;
  const open = firstRun.calibration === 'open';
  return (
    <div class={open ? 'offer' : 'offer quiet'}>
      <h2>{open ? 'You have driven. Shall the beats fall on the point?' : 'Calibration'}</h2>
      <p class="help">
        {sound.latencyMs === null
          ? 'Your headset needs a moment to sound. Tap with sixteen beats, about 12 s, and they are sent that much earlier.'
          : `Beats are sent ${sound.latencyMs} ms ahead.`}
      </p>
      <Taps />
    </div>
  );
}

function Taps() {
  const { store } = usePage();
  const { firstRun, sound } = useSettings();
  const [stage, setStage] = useState<Stage>({ kind: 'rest' });
  const taps = useRef<number[]>([]);
  const beat = useRef<Metronome | null>(null);

  const start = async () => {
    taps.current = [];
    setStage({ kind: 'tapping', taps: 0 });
    try {
      const metronome = await playBeats(sound.device);
      beat.current = metronome;
      await metronome.done;
      setStage({ kind: 'result', result: latencyFromTaps(metronome.beatsMs, taps.current) });
    } catch {
      setStage({ kind: 'result', result: { ok: false, why: 'No sound device plays.' } });
    }
  };
  const tap = (event: Event) => {
    taps.current.push(event.timeStamp);
    setStage({ kind: 'tapping', taps: taps.current.length });
  };
  const keep = (latencyMs: number) => {
    store.change('sound.latencyMs', latencyMs);
    store.change('firstRun.calibration', 'done');
    setStage({ kind: 'rest' });
  };

  if (stage.kind === 'tapping')
    return (
      <button
        type="button"
        class="pad"
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for it, and taps now.
        autoFocus
        onPointerDown={tap}
        onKeyDown={(event) => {
          if (event.repeat || (event.code !== 'Space' && event.code !== 'Enter')) return;
          event.preventDefault();
          tap(event);
        }}
      >
        Tap here or press Space with every beat: {stage.taps}
      </button>
    );
  return (
    <div class="buttons">
      {stage.kind === 'result' ? <Result result={stage.result} keep={keep} /> : null}
      <button type="button" class={stage.kind === 'rest' ? 'primary' : ''} onClick={() => void start()}>
        {stage.kind === 'rest' ? 'Begin' : 'Once more'}
      </button>
      {firstRun.calibration === 'open' ? (
        <button type="button" onClick={() => store.change('firstRun.calibration', 'declined')}>
          No, thanks
        </button>
      ) : null}
    </div>
  );
}

function Result({ result, keep }: { result: TapResult; keep(latencyMs: number): void }) {
  if (!result.ok)
    return (
      <p class="error" role="alert">
        {result.why}
      </p>
    );
  return (
    <>
      <p role="status">
        {result.latencyMs} ms, give or take {result.spreadMs} ms.
      </p>
      <button type="button" class="primary" onClick={() => keep(result.latencyMs)}>
        Use it
      </button>
    </>
  );
}
