/** `/health/live`: the process runs. `/health/ready`: it can do its work; a load balancer sends nothing while it cannot. */
import { health } from '@racing-coach/contract/server';
import { ProblemError } from '../../problem-error.ts';
import type { Feature } from '../feature.ts';
import { databaseAnswers } from './repository.ts';

export const healthFeature: Feature = {
  name: 'health',
  at: 'root',
  routes(app, { database }) {
    let closing = false;
    app.addHook('preClose', async () => {
      closing = true;
    });
    app.get(
      '/health/live',
      { config: { access: 'anyone' }, schema: { summary: 'The process runs', response: { 200: health } } },
      async () => ({ status: 'ok' as const }),
    );
    app.get(
      '/health/ready',
      { config: { access: 'anyone' }, schema: { summary: 'Work can be done', response: { 200: health } } },
      async () => {
        const cause = await databaseAnswers(database);
        if (closing || cause !== null) throw new ProblemError('unavailable', { cause });
        return { status: 'ok' as const };
      },
    );
  },
};
