/** What a token may do, and who may call a route. */
import * as z from 'zod';

export const scopes = [
  'laps:read',
  'laps:write',
  'references:read',
  'references:write',
  'account',
  'teams',
  'admin',
  'metrics',
] as const;
export type Scope = (typeof scopes)[number];
export const scope = z.enum(scopes);

/** What a paired engine gets: it sends laps and fetches references, and can neither read the account nor change it. */
export const deviceScopes = ['laps:write', 'references:read'] as const satisfies readonly Scope[];
/** What a personal token may be given; the rest needs a session in the browser. */
export const personalScopes = [
  'laps:read',
  'laps:write',
  'references:read',
  'references:write',
  'metrics',
] as const satisfies readonly Scope[];

export const userRoles = ['admin', 'user'] as const;
export type UserRole = (typeof userRoles)[number];
export const teamRoles = ['owner', 'coach', 'driver'] as const;
export type TeamRole = (typeof teamRoles)[number];
export const teamRole = z.enum(teamRoles);

/** `private`: its owner alone. `team`: the teams with which the owner shares. `public` (references only): everyone who is signed in. */
export const sessionVisibility = z.enum(['private', 'team']);
export const referenceVisibility = z.enum(['private', 'team', 'public']);
