/** One-time links: to sign up, to set a new password, to join a team. Only the hash of their secret is stored. */
import { after, days, hours } from '../clock.ts';
import type { Work } from '../database/database.ts';
import { newId } from '../new-id.ts';
import { newLinkSecret, sha256Of } from './secrets.ts';

export type LinkKind = 'sign-up' | 'reset' | 'team';

const lifeMs: Record<LinkKind, number> = { 'sign-up': days(7), reset: hours(2), team: days(7) };

export interface LinkFacts {
  kind: LinkKind;
  userId?: string;
  teamId?: string;
  role?: string;
  /** Null when the server itself made it. */
  createdBy: string | null;
}

export interface MadeLink {
  id: string;
  secret: string;
  expiresAt: Date;
}

export async function makeLink(trx: Work, facts: LinkFacts, now: Date): Promise<MadeLink> {
  const made = { id: newId(now), secret: newLinkSecret(), expiresAt: after(now, lifeMs[facts.kind]) };
  await trx
    .insertInto('links')
    .values({
      id: made.id,
      kind: facts.kind,
      secret_sha256: sha256Of(made.secret),
      user_id: facts.userId ?? null,
      team_id: facts.teamId ?? null,
      role: facts.role ?? null,
      created_by: facts.createdBy,
      created_at: now,
      expires_at: made.expiresAt,
    })
    .execute();
  return made;
}

/** Whether a link could be used now. Says so without using it up. */
export async function linkIsOpen(trx: Work, secret: string, kinds: LinkKind[], now: Date): Promise<boolean> {
  const row = await trx
    .selectFrom('links')
    .select('id')
    .where('secret_sha256', '=', sha256Of(secret))
    .where('kind', 'in', kinds)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/** Uses a link up; undefined when it was used, has run out or never was. Of two at the same time one gets it. */
export function useLink(trx: Work, secret: string, kinds: LinkKind[], now: Date) {
  return trx
    .updateTable('links')
    .set({ used_at: now })
    .where('secret_sha256', '=', sha256Of(secret))
    .where('kind', 'in', kinds)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['id', 'kind', 'user_id', 'team_id', 'role', 'created_by'])
    .executeTakeFirst();
}

const pages: Record<LinkKind, string> = { 'sign-up': 'sign-up', reset: 'reset', team: 'join' };

/** The secret stands behind the #: browsers do not send it, so it is in no log on the way. */
export const linkUrl = (origin: string, kind: LinkKind, secret: string): string =>
  `${origin}/${pages[kind]}#link=${secret}`;
