/** An analysis that believes every claim and computes nothing, for tests of what is stored and who sees it. What the core says is tested with the core. */
import type { Analysis } from '../analysis/analysis.ts';
import { someSession } from './uploads.ts';

export interface Asked {
  check: number;
  metrics: number;
  compare: number;
}

export function believingAnalysis(): { analysis: Analysis; asked: Asked } {
  const asked: Asked = { check: 0, metrics: 0, compare: 0 };
  const metrics = { analysisVersion: 7, sections: [], brakeZones: [], corners: [] };
  const analysis: Analysis = {
    analysisVersion: 7,
    async check(_lapFile, claim) {
      asked.check += 1;
      const { trackKey, carKey, trackName, trackConfig, carName } = someSession;
      const facts = { trackKey, carKey, trackName, trackConfig, carName };
      const ownLapTimeS = claim.ownLapTimeS ?? 0;
      return { ...facts, ownLapTimeS, sampleRateHz: 60, rows: 5400, wet: false, assisted: null, metrics };
    },
    async metrics() {
      asked.metrics += 1;
      return metrics;
    },
    async compare() {
      asked.compare += 1;
      return { lapDeltaS: 1.5, sections: [] };
    },
    async telemetry(_lapFile, channels, form) {
      const json = { firstRow: -2, sampleRateHz: 60 };
      const columns = channels.map((name) => [name, [1, null, 0.3333333]] as const);
      if (form === 'json')
        return Buffer.from(JSON.stringify({ ...json, channels: Object.fromEntries(columns) }));
      const head = Buffer.from(JSON.stringify({ ...json, rows: 3, channels }).padEnd(100));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(head.length);
      const rows = channels.map(() => new Uint8Array(Float32Array.of(1, Number.NaN, 1 / 3).buffer));
      return Buffer.concat([length, head, ...rows]);
    },
    copyRows: () => Promise.reject(new Error('not asked for here')),
    close: async () => undefined,
  };
  return { analysis, asked };
}
