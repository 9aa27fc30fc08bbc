/** Ways to begin: the first run offers these three, and what holds before any choice is the first of them. */
import type { ProfileOverrides } from './profiles.ts';

export interface Preset {
  name: string;
  label: string;
  /** One sentence: for whom it is. */
  about: string;
  /** What it shows and sounds, in a few words each. */
  gives: readonly string[];
  overrides: ProfileOverrides;
}

export const presets = [
  {
    name: 'quiet',
    label: 'Quiet',
    about: 'Glance at it, and race on.',
    gives: ['Delta bar', 'Brake marker', 'Status dot', 'No sound'],
    overrides: {
      overlay: { widgets: ['deltaBar', 'brakeMarker', 'status'] },
      sound: { toneVolume: null, voice: null },
    },
  },
  {
    name: 'coach',
    label: 'Coach',
    about: 'Everything that makes the next lap faster.',
    gives: [
      'Delta, brake marker, corner card, input trace',
      'Braking beats and GO',
      'A verdict after each corner, shown and spoken',
    ],
    overrides: {
      overlay: {
        widgets: ['deltaBar', 'brakeMarker', 'status', 'verdict', 'cornerCard', 'pedalTrace'],
      },
      sound: { toneVolume: 0.7, voice: 'heart' },
    },
  },
  {
    name: 'streamer',
    label: 'Streamer',
    about: 'Your screen stays calm; your viewers get the OBS view.',
    gives: ['Delta bar, input trace, verdict', 'Braking beats, no voice', 'The OBS address, ready to copy'],
    overrides: {
      overlay: { widgets: ['deltaBar', 'status', 'verdict', 'pedalTrace'] },
      sound: { toneVolume: 0.5, voice: null },
    },
  },
] as const satisfies readonly Preset[];

export type PresetName = (typeof presets)[number]['name'];
export const presetNames = presets.map(({ name }) => name) as [PresetName, ...PresetName[]];
export const defaultPreset: PresetName = 'quiet';
