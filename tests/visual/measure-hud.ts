/**
 * What the HUD costs its page's thread with every widget on, in software rendering: `node tests/visual/measure-hud.ts [seconds]`. Times are of animation frames in
 * which something was drawn, from their beginning to the end of drawing.
 */
import { costMessage, overlayWidgetNames, settingsMessage } from '@racing-coach/contract';
import { sessionBoard } from '../../overlay/hud/scenes/session-board.ts';
import { buildAndServe, launchChromium } from './browser.ts';
import { FakeHub } from './fake-hub.ts';

const seconds = Number(process.argv[2] ?? 20);
const token = 'a-token';
const { server, port } = await buildAndServe();
const hub = new FakeHub(server, { token });
const browser = await launchChromium();

interface Frames {
  ms: number[];
  drawn: number;
}

/** A page that shows these widgets for so long. */
async function measured(label: string, shown: readonly string[], level: 'full' | 'half-rate'): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(`http://127.0.0.1:${port}/hud/?token=${token}`);
  await page.waitForFunction('window.__racingCoach !== undefined');
  hub.drive(0);
  hub.say(settingsMessage.parse({ type: 'settings', hud: {}, shown }));
  hub.say(costMessage.parse({ type: 'cost', level, why: '' }));
  for (const message of sessionBoard) hub.say(message);
  await page.waitForTimeout(2000);
  const frames = () => page.evaluate('window.__racingCoach.frames()') as Promise<Frames>;
  const before = (await frames()).drawn;
  await page.waitForTimeout(seconds * 1000);
  const { ms, drawn } = await frames();
  const sorted = ms.slice(-(drawn - before)).sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2);
  const mean = (sorted.reduce((sum, value) => sum + value, 0) / sorted.length).toFixed(2);
  const rate = ((drawn - before) / seconds).toFixed(1);
  console.log(`${label}: ${rate} frames/s drawn; mean ${mean} ms, median ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  hub.stop();
  await page.waitForTimeout(2000);
  const still = (await frames()).drawn;
  await page.waitForTimeout(2000);
  console.log(`${label}: drawn while nothing changes: ${(await frames()).drawn - still} frames in 2 s`);
  await page.close();
}

await measured('calm set', settingsMessage.parse({ type: 'settings', hud: {} }).shown, 'full');
await measured('all widgets', overlayWidgetNames, 'full');
await measured('all widgets, half rate', overlayWidgetNames, 'half-rate');
await browser.close();
server.close();
