/** Shared reference laps, and the boards of teams and of everyone. */
import * as z from 'zod';
import { referenceVisibility } from './access.ts';
import { givenName, id, instant, key, pageOf, pageQuery, queryFlag, sha256, simText } from './scalars.ts';

export const condition = z.enum(['dry', 'wet']);

/** `POST /references`: a lap of one's own that is good enough for a reference. */
export const shareReference = z
  .strictObject({
    lapId: id,
    label: givenName,
    visibility: referenceVisibility,
    /** The team that sees it; with visibility `team` only. */
    teamId: id.nullable().default(null),
    /** Where it comes from and how it was driven, in the driver's words. */
    note: simText.max(200).default(''),
  })
  .refine((share) => (share.visibility === 'team') === (share.teamId !== null), {
    message: 'a team goes with the visibility team',
    path: ['teamId'],
  });

export const reference = z.object({
  id,
  owner: z.object({ id, name: z.string() }),
  teamId: id.nullable(),
  visibility: referenceVisibility,
  trackKey: z.string(),
  carKey: z.string(),
  trackName: z.string(),
  trackConfig: z.string(),
  carName: z.string(),
  label: z.string(),
  condition,
  assisted: z.boolean().nullable(),
  lapTimeS: z.number(),
  timeSource: z.enum(['official', 'interpolated']),
  note: z.string(),
  build: z.string(),
  drivenAt: instant,
  sha256,
  bytes: z.number().int(),
  rating: z.object({
    mean: z.number().nullable(),
    count: z.number().int(),
    yours: z.number().int().nullable(),
  }),
  sharedAt: instant,
  updatedAt: instant,
});
export type SharedReference = z.infer<typeof reference>;
export const referencePage = pageOf(reference);
export const referenceQuery = pageQuery.extend({
  trackKey: key.optional(),
  carKey: key.optional(),
  condition: condition.optional(),
  teamId: id.optional(),
  mine: queryFlag.optional(),
  order: z.enum(['fastest', 'newest', 'best-rated']).default('fastest'),
});
export const changeReference = z.strictObject({
  label: givenName.optional(),
  note: simText.optional(),
  visibility: referenceVisibility.optional(),
  teamId: id.nullable().optional(),
});
export const rateReference = z.strictObject({ stars: z.number().int().min(1).max(5) });
/** What an admin sees of reports. */
export const referenceReport = z.object({
  id,
  referenceId: id,
  label: z.string(),
  ownerName: z.string(),
  reason: z.string(),
  reportedAt: instant,
});
export const referenceReportPage = pageOf(referenceReport);
export const reportReference = z.strictObject({ reason: simText.min(1) });

/** `GET /boards`: the fastest reference-grade lap of each driver. Drivers who are in no team of the viewer's appear by their public references alone. */
export const boardQuery = pageQuery.extend({
  trackKey: key,
  carKey: key,
  teamId: id.optional(),
  condition: condition.default('dry'),
  assisted: z.enum(['any', 'yes', 'no']).default('any'),
  /** Of the sim; every one when it is left out. */
  build: simText.optional(),
});
export const boardRow = z.object({
  place: z.number().int(),
  driver: z.object({ id, name: z.string() }),
  lapId: id.nullable(),
  referenceId: id.nullable(),
  lapTimeS: z.number(),
  gapS: z.number(),
  assisted: z.boolean().nullable(),
  build: z.string(),
  drivenAt: instant,
});
export const boardPage = pageOf(boardRow);
