/**
 * Whether the sim's graphics settings let an overlay show, and what to change. Reads the text of iRacing's `rendererDX11Monitor.ini`; never writes
 * it, because the sim writes it anew when it ends. A key that is missing is not judged.
 */
import type { DisplayFinding } from '@racing-coach/contract';

export interface RendererFacts {
  /** Exclusive full screen: the sim owns the screen. */
  fullScreen: boolean | null;
  /** A window frame around the sim. */
  border: boolean | null;
  /** A window over the whole display. */
  windowedMaximized: boolean | null;
  /** The sim slows down while another window has the focus. */
  reducesFrameRateUnfocused: boolean | null;
}

/** The keys by the names that the file has; sections do not matter, none of these names is in two. */
const keys = {
  fullScreen: 'fullscreen',
  border: 'border',
  windowedMaximized: 'windowedmaximized',
  reducesFrameRateUnfocused: 'reduceframeratewhenfocuslost',
} as const satisfies Record<keyof RendererFacts, string>;

export function readRendererIni(text: string): RendererFacts {
  const values = new Map<string, boolean>();
  for (const line of text.split(/\r?\n/)) {
    // What follows a semicolon explains the value.
    const [, name = '', value = ''] = /^\s*(\w+)\s*=\s*(\d+)\s*(?:;.*)?$/.exec(line) ?? [];
    if (name !== '') values.set(name.toLowerCase(), value !== '0');
  }
  const fact = (key: string) => values.get(key) ?? null;
  return {
    fullScreen: fact(keys.fullScreen),
    border: fact(keys.border),
    windowedMaximized: fact(keys.windowedMaximized),
    reducesFrameRateUnfocused: fact(keys.reducesFrameRateUnfocused),
  };
}

/** In order of importance. @param facts null when the file was not found */
export function examineDisplay(facts: RendererFacts | null): DisplayFinding[] {
  if (facts === null)
    return [
      {
        state: 'so',
        text: 'iRacing’s graphics settings were not found: start the sim once, then look again.',
      },
    ];
  const { fullScreen, border, windowedMaximized, reducesFrameRateUnfocused } = facts;
  if (fullScreen === null)
    return [{ state: 'so', text: 'iRacing’s graphics settings do not say how it is shown.' }];
  if (fullScreen)
    return [
      {
        state: 'bad',
        text: 'iRacing runs in exclusive full screen, which hides every overlay. In Options, Graphics: turn off Full Screen, turn on Borderless, restart the sim. Or use the second monitor, or audio only.',
      },
    ];
  const findings: DisplayFinding[] = [
    { state: 'good', text: 'iRacing runs in a window: the overlay shows.' },
  ];
  if (border === true)
    findings.push({
      state: 'so',
      text: 'The sim’s window has a frame. Without it (Options, Graphics: Borderless) Windows can show it faster.',
    });
  if (windowedMaximized === false)
    findings.push({
      state: 'so',
      text: 'The sim’s window does not fill the display: widgets at the edges lie beside it.',
    });
  if (reducesFrameRateUnfocused === true)
    findings.push({
      state: 'so',
      text: 'iRacing slows down while another window has the focus: it will in edit mode, and is back when you click the sim.',
    });
  return findings;
}
