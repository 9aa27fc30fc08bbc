import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import { deleteAccount, keepAnAdmin } from '../users/delete-account.ts';
import { type AccountRow, changeAccount, findAccountRow, listAccounts } from './repository.ts';

const config = { access: 'admin' } as const;
const userInPath = z.object({ userId: contract.id });

const accountFrom = (row: AccountRow) => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  createdAt: row.created_at.toISOString(),
  disabled: row.disabled,
  laps: Number(row.laps),
  bytes: Number(row.bytes),
  lastSeenAt: row.last_seen_at?.toISOString() ?? null,
});

export function accountRoutes(app: App, parts: AppParts): void {
  const { database } = parts;
  app.get(
    '/admin/users',
    {
      config,
      schema: {
        summary: 'Accounts, newest first',
        querystring: contract.adminUserQuery,
        response: { 200: contract.adminUserPage },
      },
    },
    async (request) => {
      const { limit, after, search, disabled } = request.query;
      const page = { limit, before: readCursor(after, contract.id), search, disabled };
      const rows = await database.asSystem((trx) => listAccounts(trx, page));
      return pageFrom(rows, limit, (row) => row.id, accountFrom);
    },
  );
  app.patch(
    '/admin/users/:userId',
    {
      config,
      schema: {
        summary: 'Change a role, disable or enable',
        params: userInPath,
        body: contract.changeAccount,
        response: { 200: contract.adminUser },
      },
    },
    (request) =>
      database.asSystem(async (trx) => {
        const { userId } = request.params;
        const { role, disabled } = request.body;
        if (role === 'user' || disabled === true) await keepAnAdmin(trx, userId);
        await changeAccount(trx, userId, { role, disabled });
        const row = await findAccountRow(trx, userId);
        if (row === undefined) throw new ProblemError('not-found');
        return accountFrom(row);
      }),
  );
  app.delete(
    '/admin/users/:userId',
    {
      config,
      schema: {
        summary: 'Remove an account and everything of it',
        params: userInPath,
        response: { 204: z.undefined().describe('Removed') },
      },
    },
    async (request, reply) => {
      const { userId } = request.params;
      const there = await database.asSystem((trx) => findAccountRow(trx, userId));
      if (there === undefined) throw new ProblemError('not-found');
      await deleteAccount(parts, userId);
      return reply.code(204).send();
    },
  );
}
