/** Parts that a test does without: a cache that keeps nothing, events that nobody hears, an analysis that must not be asked. */
import type { Analysis } from '../analysis/analysis.ts';
import type { Cache } from '../cache/cache.ts';
import type { Events } from '../events/events.ts';

export const noCache: Cache = {
  kind: 'memory',
  through: (_key, _options, make) => make(),
  invalidate: async () => undefined,
  close: async () => undefined,
};

export const noEvents: Events = {
  publish: async () => undefined,
  subscribe: () => () => undefined,
  close: async () => undefined,
};

const asked = () => Promise.reject(new Error('this test has no analysis'));

export const noAnalysis: Analysis = {
  analysisVersion: 1,
  check: asked,
  metrics: asked,
  compare: asked,
  telemetry: asked,
  copyRows: asked,
  close: async () => undefined,
};
