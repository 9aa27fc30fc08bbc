import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { beginAttempt } from '../../identity/failures.ts';
import { linkIsOpen, linkUrl, makeLink, useLink } from '../../identity/links.ts';
import { ownOrigin } from '../../identity/origin.ts';
import { hashPassword } from '../../identity/passwords.ts';
import { refuseWeakPassword } from '../../identity/weak-password.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import { confirmPassword } from './confirm-password.ts';
import { findAccount, setPassword } from './repository.ts';
import { beginSession } from './session.ts';

export function passwordFeature(app: App, parts: AppParts): void {
  requestResetRoute(app, parts);
  resetRoute(app, parts);
  changeRoute(app, parts);
}

function requestResetRoute(app: App, parts: AppParts): void {
  const { database, clock } = parts;
  const running = new Set<Promise<void>>();
  app.addHook('onClose', () => Promise.all(running));
  app.post(
    '/auth/reset/request',
    {
      config: { access: 'anyone', perMinuteByAddress: 10 },
      schema: {
        summary: 'Ask for a letter with a link to set a new password',
        body: contract.resetRequest,
        response: { 202: contract.accepted },
      },
    },
    async (request, reply) => {
      const { email } = request.body;
      // So many letters an address gets, whoever asks for them; the links in those that it got are good.
      await beginAttempt(database, { what: 'reset', account: email, address: null }, clock());
      // Behind the answer: what is done for an account takes longer than nothing.
      const origin = ownOrigin(parts.config, request);
      const letter = sendReset(parts, email, origin)
        .catch((err: unknown) => request.log.error({ err }, 'the letter was not sent'))
        .finally(() => running.delete(letter));
      running.add(letter);
      return reply.code(202).send({ status: 'accepted' });
    },
  );
}

async function sendReset({ database, mail, clock }: AppParts, email: string, origin: string | null) {
  if (mail === null || origin === null) return;
  const now = clock();
  const secret = await database.asSystem(async (trx) => {
    const account = await findAccount(trx, { email });
    if (account === null || account.disabled) return null;
    return (await makeLink(trx, { kind: 'reset', userId: account.id, createdBy: null }, now)).secret;
  });
  if (secret === null) return;
  const url = linkUrl(origin, 'reset', secret);
  await mail.send({
    to: email,
    subject: 'Set a new password',
    text: `Somebody, perhaps you, asked for a new password. Set it here within two hours:\n\n${url}\n\nIf it was not you, do nothing: the old one stays.`,
  });
}

function resetRoute(app: App, { database, clock }: AppParts): void {
  app.post(
    '/auth/reset',
    {
      config: { access: 'anyone', perMinuteByAddress: 20 },
      schema: {
        summary: 'Set a new password with a link',
        body: contract.resetPassword,
        response: { 204: z.undefined().describe('The password is set; sign in with it') },
      },
    },
    async (request, reply) => {
      const { link, password } = request.body;
      const now = clock();
      const open = await database.asSystem((trx) => linkIsOpen(trx, link, ['reset'], now));
      if (!open) throw new ProblemError('gone');
      refuseWeakPassword(password);
      const passwordHash = await hashPassword(password);
      const done = await database.asSystem(async (trx) => {
        const used = await useLink(trx, link, ['reset'], now);
        if (used?.user_id === undefined || used.user_id === null) return false;
        await setPassword(trx, used.user_id, passwordHash);
        return true;
      });
      if (!done) throw new ProblemError('gone');
      return reply.code(204).send();
    },
  );
}

function changeRoute(app: App, parts: AppParts): void {
  const { database, clock } = parts;
  app.post(
    '/auth/password',
    {
      config: { access: { scope: 'account' }, perMinuteByAddress: 20 },
      schema: {
        summary: 'Change the password; every other session, device and token ends',
        body: contract.changePassword,
        response: { 204: z.undefined().describe('The password is changed') },
      },
    },
    async (request, reply) => {
      const { userId } = viewerOf(request);
      const { current, password } = request.body;
      await confirmPassword(parts, { userId, password: current, address: request.ip }, clock());
      const account = await database.asSystem((trx) => findAccount(trx, { id: userId }));
      refuseWeakPassword(password, account === null ? [] : [account.email, account.name]);
      const passwordHash = await hashPassword(password);
      await database.asSystem((trx) => setPassword(trx, userId, passwordHash));
      await beginSession(parts, request, reply, userId);
      return reply.code(204).send();
    },
  );
}
