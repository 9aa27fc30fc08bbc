/** What stands in for parts that this build does without: a cache that knows nothing, events within this process, no analysis. */
import type { Analysis } from '../analysis/analysis.ts';
import type { Cache } from '../cache/cache.ts';
import type { Events, ServerEvent } from '../events/events.ts';
import { ProblemError } from '../problem-error.ts';

export const absentCache: Cache = {
  kind: 'memory',
  through: (_key, _options, make) => make(),
  invalidate: async () => undefined,
  close: async () => undefined,
};

export function localEvents(): Events {
  const listeners = new Set<(event: ServerEvent) => void>();
  return {
    publish: async (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => listeners.clear(),
  };
}

const refuse = () => Promise.reject(new ProblemError('unavailable'));

export const absentAnalysis: Analysis = {
  analysisVersion: 0,
  check: refuse,
  metrics: refuse,
  compare: refuse,
  telemetry: refuse,
  copyRows: refuse,
  close: async () => undefined,
};
