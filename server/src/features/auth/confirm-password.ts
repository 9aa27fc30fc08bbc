import { beginAttempt, forgiveAttempt } from '../../identity/failures.ts';
import { isPassword } from '../../identity/passwords.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import { findAccount } from './repository.ts';

/** Asks a signed-in user once more. Rejects with `wrong-password`, or `locked-out` after too many. */
export async function confirmPassword(
  { database }: AppParts,
  who: { userId: string; password: string; address: string },
  now: Date,
): Promise<void> {
  const attempt = { what: 'password', account: who.userId, address: who.address };
  await beginAttempt(database, attempt, now);
  const account = await database.asSystem((trx) => findAccount(trx, { id: who.userId }));
  if (!(await isPassword(account?.passwordHash ?? null, who.password)))
    throw new ProblemError('wrong-password');
  await forgiveAttempt(database, attempt);
}
