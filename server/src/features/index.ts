/** The list of features. */
import type { Feature } from './feature.ts';
import { healthFeature } from './health/routes.ts';
import { openapiFeature } from './openapi/routes.ts';
import { prometheusFeature } from './prometheus/routes.ts';

export const features: Feature[] = [healthFeature, openapiFeature, prometheusFeature];
