/**
 * Passwords as argon2id. One hash takes 64 MiB and about 0.1 s on purpose, so only a few are made at once and few may wait: a flood of sign-ins costs the
 * callers time, never the server its memory.
 */
import { hash, verify } from '@node-rs/argon2';
import { ProblemError } from '../problem-error.ts';
import { Gate } from './gate.ts';

/** 2 is argon2id; the package's enum is a type alone. */
const options = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;
const gate = new Gate({
  atOnce: 2,
  waiting: 64,
  full: () => new ProblemError('busy', { retryAfterS: 5 }),
});

const current = `$argon2id$v=19$m=${options.memoryCost},t=${options.timeCost},p=${options.parallelism}$`;

/** Whether a hash was made with other work than is asked today: whoever signs in with it gets a new one. */
export const isOutdated = (stored: string): boolean => !stored.startsWith(current);

export const hashPassword = (password: string): Promise<string> => gate.pass(() => hash(password, options));

/** Of a password that nobody has; made once. */
let nobodys: Promise<string> | undefined;

/** Before the first sign-in: it would tell an unknown address by the time that it takes. */
export async function prepareNobody(): Promise<void> {
  nobodys ??= hashPassword(crypto.randomUUID());
  await nobodys;
}

/** With `stored` null, for an account that does not exist, it does the same work and says no. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword(crypto.randomUUID());
  const compared = stored ?? (await nobodys);
  const same = await gate
    .pass(() => verify(compared, password))
    .catch((error: unknown) => {
      if (error instanceof ProblemError) throw error;
      // What is stored is no hash: nobody signs in with it.
      return false;
    });
  return same && stored !== null;
}
