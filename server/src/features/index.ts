/** The list of features. */
import { adminFeature } from './admin/routes.ts';
import { authFeature } from './auth/routes.ts';
import { devicesFeature } from './devices/routes.ts';
import type { Feature } from './feature.ts';
import { healthFeature } from './health/routes.ts';
import { openapiFeature } from './openapi/routes.ts';
import { prometheusFeature } from './prometheus/routes.ts';
import { serverIdentityFeature } from './server-identity/routes.ts';
import { teamsFeature } from './teams/routes.ts';
import { tokensFeature } from './tokens/routes.ts';
import { usersFeature } from './users/routes.ts';

export const features: Feature[] = [
  healthFeature,
  openapiFeature,
  serverIdentityFeature,
  prometheusFeature,
  authFeature,
  usersFeature,
  tokensFeature,
  devicesFeature,
  teamsFeature,
  adminFeature,
];
