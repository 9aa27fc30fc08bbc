/**
 * Pairing as RFC 8628 has it, with JSON bodies: the device asks for a code, a signed-in user types it, the device gets its token. The codes of the
 * poll's errors are those of the RFC.
 */
import * as contract from '@racing-coach/contract/server';
import { ownOrigin } from '../../identity/origin.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import { insertToken } from '../tokens/repository.ts';
import { firstIntervalS, pairingLifeMs, pollPairing, startPairing } from './repository.ts';
import { shownUserCode } from './user-code.ts';

export function pairingRoutes(app: App, parts: AppParts): void {
  startRoute(app, parts);
  pollRoute(app, parts);
}

function startRoute(app: App, { config, database, clock }: AppParts): void {
  app.post(
    '/auth/device',
    {
      config: { access: 'anyone', perMinuteByAddress: 20 },
      schema: {
        summary: 'Begin to pair a device',
        body: contract.startPairing,
        response: { 200: contract.pairingStarted },
      },
    },
    async (request) => {
      const origin = ownOrigin(config, request);
      // Asked for by a name that is not ours: an address to type a code at must not come from the caller.
      if (origin === null) throw new ProblemError('wrong-origin');
      const facts = { deviceName: request.body.deviceName, scopes: contract.deviceScopes };
      const started = await database.asSystem((trx) => startPairing(trx, facts, clock()));
      const userCode = shownUserCode(started.userCode);
      return {
        deviceCode: started.deviceCode,
        userCode,
        verificationUri: `${origin}/pair`,
        verificationUriComplete: `${origin}/pair?code=${userCode}`,
        expiresInS: pairingLifeMs / 1000,
        intervalS: firstIntervalS,
      };
    },
  );
}

function pollRoute(app: App, { database, clock }: AppParts): void {
  app.post(
    '/auth/device/token',
    {
      config: { access: 'anyone', perMinuteByAddress: 120 },
      schema: {
        summary: 'Ask whether the device was let in',
        body: contract.pollPairing,
        response: { 200: contract.pairingToken },
      },
    },
    async (request) => {
      const now = clock();
      // The count of early polls must stay, so the problem is thrown when the transaction is over.
      const answer = await database.asSystem(async (trx) => {
        const poll = await pollPairing(trx, request.body.deviceCode, now);
        if (typeof poll === 'string') return poll;
        const scopes = contract.deviceScopes.filter((scope) => poll.scopes.includes(scope));
        const facts = { kind: 'device', name: poll.deviceName, scopes, expiresAt: null } as const;
        const token = await insertToken(trx, poll.userId, facts, now);
        return { token: token.text, scopes, deviceId: token.id, userName: poll.userName };
      });
      if (typeof answer === 'string') throw new ProblemError(answer);
      return answer;
    },
  );
}
