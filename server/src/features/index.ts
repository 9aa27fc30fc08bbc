/** The list of features. */

import { adminFeature } from './admin/routes.ts';
import { authFeature } from './auth/routes.ts';
import { boardsFeature } from './boards/routes.ts';
import { comparisonsFeature } from './comparisons/routes.ts';
import { devicesFeature } from './devices/routes.ts';
import type { Feature } from './feature.ts';
import { healthFeature } from './health/routes.ts';
import { lapsFeature } from './laps/routes.ts';
import { liveFeature } from './live/routes.ts';
import { openapiFeature } from './openapi/routes.ts';
import { prometheusFeature } from './prometheus/routes.ts';
import { referencesFeature } from './references/routes.ts';
import { serverIdentityFeature } from './server-identity/routes.ts';
import { sessionsFeature } from './sessions/routes.ts';
import { teamsFeature } from './teams/routes.ts';
import { tokensFeature } from './tokens/routes.ts';
import { tracksFeature } from './tracks/routes.ts';
import { uploadsFeature } from './uploads/routes.ts';
import { usersFeature } from './users/routes.ts';

export const features: Feature[] = [
  healthFeature,
  openapiFeature,
  prometheusFeature,
  serverIdentityFeature,
  uploadsFeature,
  sessionsFeature,
  lapsFeature,
  liveFeature,
  comparisonsFeature,
  referencesFeature,
  boardsFeature,
  tracksFeature,
  authFeature,
  usersFeature,
  tokensFeature,
  devicesFeature,
  teamsFeature,
  adminFeature,
];
