/** What every body of the server's API is made of. Times of day are ISO 8601 in UTC; everything else has its unit in its name. */
import * as z from 'zod';

/** The server's own ids (UUID version 7: they sort by age). */
export const id = z.uuid();

/**
 * The engine's ids of sessions and laps: made there, so that sending one twice is the same as once. They are unique for one user, not among
 * users; the server answers with an id of its own.
 */
export const clientId = z.string().regex(/^[A-Za-z0-9._:-]{1,200}$/, 'letters, digits, . _ : - only');

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal');

/** The year 0 is in ISO 8601 and in no database. */
export const instant = z.iso.datetime().regex(/^(?!0000)/, 'a year from 1 on');

/** A name that people give; no control characters, so that it is one line wherever it is shown. */
export const givenName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}*$/u, 'one line');

/** Text that a sim wrote. */
export const simText = z
  .string()
  .max(200)
  .regex(/^\P{Cc}*$/u, 'no control characters');

/** `sim/track/config` or a car, in lower case. */
export const key = simText.min(1);

export const email = z.email().max(254).toLowerCase();

/** Lists come in pages: `next` of one is `after` of the following, null on the last. It is opaque. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(500).optional(),
});
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** A switch in a query string. */
export const queryFlag = z.enum(['true', 'false']).transform((word) => word === 'true');
