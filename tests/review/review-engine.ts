/** An engine with stored sessions, for pictures of review. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runCoach, startCoach } from '../engine/racing-coach.ts';

export async function startReviewEngine(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'racing-coach-review-'));
  const data = join(folder, 'data');
  const [short, long] = [join(folder, 'evening.ibt'), join(folder, 'practice.ibt')];
  const simulate = async (out: string, ...words: string[]) =>
    runCoach(['simulate', ...words, '--out', out], data);
  await simulate(short, '--laps', '6', '--seed', '5');
  await simulate(long, '--laps', '14', '--seed', '3', '--driver', 'club');
  for (const file of [join(root, 'reference-laps', 'demo-session.ibt'), short, long])
    await runCoach(['import', file], data);
  const words = ['start', '--source', `map:${join(folder, 'sim.map')}`, '--port', '0', '--no-open'];
  const engine = await startCoach(words, data);
  const { review } = engine.urls as typeof engine.urls & { review: string };
  return {
    url: review,
    stop: async () => {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
