import type * as contract from '@racing-coach/contract/server';
import type * as z from 'zod';
import { linkIsOpen, useLink } from '../../identity/links.ts';
import { hashPassword } from '../../identity/passwords.ts';
import { refuseWeakPassword } from '../../identity/weak-password.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import { dropFirstAdminLinks, insertAccount, joinTeam } from './repository.ts';

type SignUp = z.infer<typeof contract.signUp>;

const kinds = ['sign-up', 'team'] as const;

/**
 * Makes the account that a link allows. An address that has one already keeps it as it is, and the link is used up all the same: so a link answers
 * nothing about addresses, and its holder cannot try one after another. Rejects with `gone` when the link is not open.
 */
export async function signUp({ database, clock, mail }: AppParts, body: SignUp): Promise<void> {
  const now = clock();
  const open = await database.asSystem((trx) => linkIsOpen(trx, body.link, [...kinds], now));
  if (!open) throw new ProblemError('gone');
  refuseWeakPassword(body.password, [body.email, body.name]);
  // Outside of the transaction: the embedded database has one.
  const passwordHash = await hashPassword(body.password);
  const made = await database.asSystem(async (trx) => {
    const link = await useLink(trx, body.link, [...kinds], now);
    if (link === undefined) return null;
    const role = link.kind === 'sign-up' && link.role === 'admin' ? 'admin' : 'user';
    const userId = await insertAccount(trx, { email: body.email, name: body.name, role, passwordHash }, now);
    if (userId === null) return 'known' as const;
    if (link.team_id !== null)
      await joinTeam(
        trx,
        { teamId: link.team_id, userId, role: link.role ?? 'driver', sharesSessions: false },
        now,
      );
    if (role === 'admin' && link.created_by === null) await dropFirstAdminLinks(trx);
    return 'made' as const;
  });
  if (made === null) throw new ProblemError('gone');
  if (made === 'known')
    void mail
      ?.send({
        to: body.email,
        subject: 'You have an account',
        text: 'Somebody, perhaps you, signed up with your address. You have an account here already: sign in with it, or ask for a new password.',
      })
      .catch(() => undefined);
}
