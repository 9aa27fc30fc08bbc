/** The list of features. */

import { boardsFeature } from './boards/routes.ts';
import { comparisonsFeature } from './comparisons/routes.ts';
import type { Feature } from './feature.ts';
import { healthFeature } from './health/routes.ts';
import { lapsFeature } from './laps/routes.ts';
import { liveFeature } from './live/routes.ts';
import { openapiFeature } from './openapi/routes.ts';
import { prometheusFeature } from './prometheus/routes.ts';
import { referencesFeature } from './references/routes.ts';
import { sessionsFeature } from './sessions/routes.ts';
import { tracksFeature } from './tracks/routes.ts';
import { uploadsFeature } from './uploads/routes.ts';

export const features: Feature[] = [
  healthFeature,
  openapiFeature,
  prometheusFeature,
  uploadsFeature,
  sessionsFeature,
  lapsFeature,
  liveFeature,
  comparisonsFeature,
  referencesFeature,
  boardsFeature,
  tracksFeature,
];
