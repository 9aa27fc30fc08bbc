/** What must hold for a HUD page in the app, however the app was started. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export async function drawsTheEngine(hud: Page): Promise<void> {
  await hud.waitForFunction('window.__racingCoach !== undefined');
  const sequence = async () => Number(await hud.evaluate('window.__racingCoach.snapshot().sequence'));
  await expect.poll(sequence, { timeout: 30_000 }).toBeGreaterThan(30);
}

export async function hasNoPower(hud: Page): Promise<void> {
  expect(await hud.evaluate('[typeof require, typeof process, typeof module]')).toEqual(
    Array(3).fill('undefined'),
  );
  expect(await hud.evaluate('window.open("https://example.org/")')).toBeNull();
  const went = (call: string) =>
    hud.evaluate(`${call}.then((answer) => answer?.status ?? "went", () => "refused")`);
  expect(await went('fetch("https://example.org/")')).toBe('refused');
  expect(await went('fetch("/../main.cjs")')).toBe(404);
  expect(await went('fetch("/hud/%2e%2e/%2e%2e/main.cjs")')).toBe(404);
  expect(await went('window.racingCoach.ask("shell:command", { kind: "edit" })')).toBe('refused');
  expect(await went('window.racingCoach.ask("fs:read", "x")')).toBe('refused');
  expect(hud.url()).toMatch(/^racing-coach:\/\/app\/hud\//);
}
