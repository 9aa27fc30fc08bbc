/**
 * The shell's part of the settings: what is shown where, and which of the known driver troubles are worked around. Only the engine writes it;
 * the shell reads the file once before the engine runs, because Chromium takes its switches at its own start and never again.
 */
import * as z from 'zod';
import { calmWidgetNames, overlayWidgetNames } from './overlay-layout.ts';

const share = z.number().min(0).max(1);

/** Where a widget was put. Without one it sits where the table of widgets says, on the primary display. */
export const overlayPlacement = z.object({
  /** The display's id as text; null for the primary one. One that is not there falls back to the primary until it returns. */
  display: z.string().max(40).nullable(),
  /** Shares of the free room left of and above the widget. */
  x: share,
  y: share,
  /** Times its designed size. */
  scale: z.number().min(0.5).max(3).default(1),
});
export type OverlayPlacement = z.infer<typeof overlayPlacement>;

export const overlayModes = ['normal', 'second-monitor', 'audio-only', 'capture'] as const;
export type OverlayMode = (typeof overlayModes)[number];

/** A key with its modifiers, as Electron writes them: `Control+Alt+E`. At least one modifier: a bare key would be taken from the sim. */
const shortcut = z
  .string()
  .regex(/^((Control|Alt|Shift|Super)\+)+([A-Z0-9]|F([1-9]|1\d|2[0-4])|Insert|Home|End|PageUp|PageDown)$/);

/** Each row works around a known trouble of a graphics driver; see `gpu-switches.ts` of the shell for which. */
export const overlayGpu = z.object({
  hardwareAcceleration: z.boolean().default(true).meta({
    title: 'Draw with the graphics card',
    description: 'Off where the overlay flickers or stays black.',
  }),
  angle: z
    .enum(['default', 'd3d11', 'gl', 'vulkan'])
    .default('default')
    .meta({
      title: 'Graphics interface',
      description: 'Another one may help where the overlay does not show.',
      choices: { default: 'Automatic', d3d11: 'Direct3D 11', gl: 'OpenGL', vulkan: 'Vulkan' },
    }),
  directComposition: z.boolean().default(true).meta({
    title: 'Direct composition',
    description: 'Off where the overlay is black instead of transparent.',
  }),
  occlusionTracking: z.boolean().default(true).meta({
    title: 'Notice when covered',
    description: 'Off where the overlay freezes over the sim.',
  }),
  colourProfile: z
    .enum(['system', 'srgb'])
    .default('system')
    .meta({
      title: 'Colours',
      description: 'sRGB where the overlay looks washed out on an HDR screen.',
      choices: { system: 'As the system', srgb: 'sRGB' },
    }),
});
export type OverlayGpu = z.infer<typeof overlayGpu>;

export const overlaySettings = z.object({
  mode: z
    .enum(overlayModes)
    .default('normal')
    .meta({
      title: 'Where it is shown',
      description: 'Capture is a window for OpenKneeboard (VR) and OBS.',
      choices: {
        normal: 'Over the sim',
        'second-monitor': 'Second monitor',
        'audio-only': 'Sound only',
        capture: 'Capture window',
      },
    }),
  /** Whether the overlay leaves the screen while nobody drives; a topmost window can cost the sim its direct flip. */
  autoHide: z.boolean().default(true).meta({
    title: 'Leave the screen while nobody drives',
    description: 'The windows go away altogether, which the sim likes best.',
  }),
  editShortcut: shortcut
    .default('Control+Alt+E')
    .meta({ title: 'Arrange the widgets', description: 'Move and resize them with mouse or keys.' }),
  /** Shows and hides the overlay. */
  hideShortcut: shortcut
    .default('Control+Alt+H')
    .meta({ title: 'Show and hide', description: 'The whole overlay.' }),
  /** Mutes and unmutes the sound. */
  muteShortcut: shortcut
    .default('Control+Alt+M')
    .meta({ title: 'Mute', description: 'Silences everything, and lets it sound again.' }),
  /** What the driver may ask: said by the page that sounds. The letters are those of the sound page. */
  fuelShortcut: shortcut
    .default('Control+Alt+U')
    .meta({ title: 'Say the fuel', description: 'How many laps it lasts.' }),
  lapTimeShortcut: shortcut
    .default('Control+Alt+L')
    .meta({ title: 'Say the lap time', description: 'The last one, and the best.' }),
  flagsShortcut: shortcut
    .default('Control+Alt+F')
    .meta({ title: 'Say the flag', description: 'The one that is shown now.' }),
  settingsShortcut: shortcut
    .default('Control+Alt+S')
    .meta({ title: 'Open the settings', description: 'Brings this page to the front.' }),
  /** Of every widget, on top of its own scale. */
  scale: z.number().min(0.5).max(3).default(1).meta({
    title: 'Size',
    description: 'Of every widget, on top of its own size.',
    percent: true,
  }),
  /** The widgets that are shown; the rest stays away. */
  widgets: z.array(z.enum(overlayWidgetNames)).default([...calmWidgetNames]),
  placements: z.partialRecord(z.enum(overlayWidgetNames), overlayPlacement).default({}),
  /** The display of the mode `second-monitor`; null for the first that is not primary. */
  secondMonitor: z.string().max(40).nullable().default(null).meta({
    title: 'Display',
    description: 'The whole overlay goes there, on black.',
  }),
  capture: z
    .object({
      background: z
        .enum(['transparent', 'green', 'black'])
        .default('transparent')
        .meta({
          title: 'Background',
          description: 'Green to be keyed out where a program captures no transparency.',
          choices: { transparent: 'Transparent', green: 'Green', black: 'Black' },
        }),
      width: z.number().int().min(320).max(3840).default(1280).meta({
        title: 'Width',
        description: 'Of the window, 320 to 3840 pixels.',
      }),
      height: z.number().int().min(180).max(2160).default(720).meta({
        title: 'Height',
        description: 'Of the window, 180 to 2160 pixels.',
      }),
    })
    .prefault({}),
  /** Keeps the overlay out of recordings and screen shares; also out of OpenKneeboard. */
  hideFromCapture: z.boolean().default(false).meta({
    title: 'Keep out of recordings',
    description: 'Screen shares and recordings do not see the overlay; OpenKneeboard does not either.',
  }),
  gpu: overlayGpu.prefault({}),
});
export type OverlaySettings = z.infer<typeof overlaySettings>;
