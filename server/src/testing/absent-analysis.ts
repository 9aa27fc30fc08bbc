/** For tests without an analysis: whatever needs one is answered as unavailable. */
import type { Analysis } from '../analysis/analysis.ts';
import { ProblemError } from '../problem-error.ts';

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
