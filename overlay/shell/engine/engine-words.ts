/**
 * What the engine is started with. The app shows everything itself: the engine must never open a browser, because a tab with the HUD would
 * appear at each start and after each crash, with the token in its address.
 */

/** @param argv the app's own words: `--demo` plays the demo in place of a sim */
export function engineWords(argv: readonly string[]): string[] {
  return [argv.includes('--demo') ? 'demo' : 'start', '--json', '--no-open'];
}
