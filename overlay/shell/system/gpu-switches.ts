/**
 * The graphics toggles of the settings as switches of Chromium. A closed list with a reason for each: free text here would let a settings file
 * turn off the sandbox. They count from the next start, because Chromium reads them once.
 */
import type { OverlayGpu } from '@racing-coach/contract';

export interface GpuSwitches {
  /** Electron's own call, before it is ready. */
  disableHardwareAcceleration: boolean;
  switches: { name: string; value?: string }[];
  /** Chromium features to turn off, in one switch. */
  disabledFeatures: string[];
}

interface Toggle {
  /** The trouble that it works around. */
  reason: string;
  apply(gpu: OverlayGpu, into: GpuSwitches): void;
}

export const gpuToggles: Record<keyof OverlayGpu, Toggle> = {
  hardwareAcceleration: {
    reason:
      'Black or grey instead of transparent windows on some graphics drivers. Costs processor time: last resort.',
    apply: (gpu, into) => {
      into.disableHardwareAcceleration = !gpu.hardwareAcceleration;
    },
  },
  angle: {
    reason: 'Flicker or black windows with the graphics interface that Chromium chose for this driver.',
    apply: ({ angle }, into) => {
      if (angle !== 'default') into.switches.push({ name: 'use-angle', value: angle });
    },
  },
  directComposition: {
    reason: 'Black windows or stutter where the driver’s overlay planes are faulty.',
    apply: (gpu, into) => {
      if (!gpu.directComposition) into.switches.push({ name: 'disable-direct-composition' });
    },
  },
  occlusionTracking: {
    reason: 'A HUD that stands still because Chromium takes it for covered by the sim.',
    apply: (gpu, into) => {
      if (!gpu.occlusionTracking) into.disabledFeatures.push('CalculateNativeWinOcclusion');
    },
  },
  colourProfile: {
    reason: 'Pale or dim colours on HDR and wide-gamut displays.',
    apply: ({ colourProfile }, into) => {
      if (colourProfile === 'srgb') into.switches.push({ name: 'force-color-profile', value: 'srgb' });
    },
  },
};

export function gpuSwitches(gpu: OverlayGpu): GpuSwitches {
  const into: GpuSwitches = { disableHardwareAcceleration: false, switches: [], disabledFeatures: [] };
  for (const { apply } of Object.values(gpuToggles)) apply(gpu, into);
  return into;
}
