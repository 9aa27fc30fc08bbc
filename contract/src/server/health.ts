/** `GET /health/live` and `GET /health/ready`; not ready is the problem `unavailable`. */
import * as z from 'zod';

export const health = z.object({ status: z.literal('ok') });
