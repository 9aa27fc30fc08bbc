/** Teams: who is in them and what they see. A member's sessions are seen by the team only while he shares them. */
import * as z from 'zod';
import { teamRole } from './access.ts';
import { givenName, id, instant, pageOf } from './scalars.ts';

export const team = z.object({
  id,
  name: givenName,
  /** Of whoever asks. */
  role: teamRole,
  sharesSessions: z.boolean(),
  members: z.number().int(),
  createdAt: instant,
});
export const teamPage = pageOf(team);
export const makeTeam = z.strictObject({ name: givenName });
export const changeTeam = z.strictObject({ name: givenName });

export const member = z.object({
  userId: id,
  name: givenName,
  role: teamRole,
  sharesSessions: z.boolean(),
  joinedAt: instant,
});
export const memberPage = pageOf(member);
/** Owners change roles; each member says for himself whether he shares. */
export const changeMember = z
  .strictObject({ role: teamRole.optional(), sharesSessions: z.boolean().optional() })
  .refine((change) => change.role !== undefined || change.sharesSessions !== undefined, 'nothing to change');

/** `POST /teams/:teamId/invitations`: owners invite anyone, coaches invite drivers. The link is shown once. */
export const invite = z.strictObject({ role: teamRole.default('driver') });
export const invitationMade = z.object({ id, url: z.string(), expiresAt: instant });
export const invitation = z.object({
  id,
  role: teamRole,
  invitedBy: givenName,
  createdAt: instant,
  expiresAt: instant,
});
export const invitationPage = pageOf(invitation);
/** `POST /teams/join`. */
export const joinTeam = z.strictObject({
  link: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  sharesSessions: z.boolean(),
});
