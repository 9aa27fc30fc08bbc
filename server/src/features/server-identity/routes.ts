/** `/server`: by it an engine notices that the server began anew, or was updated. Only to who is signed in: a version helps who looks for holes. */
import { serverIdentity } from '@racing-coach/contract/server';
import type { Feature } from '../feature.ts';
import { readServerId } from './repository.ts';

export const serverIdentityFeature: Feature = {
  name: 'server-identity',
  at: 'api',
  routes(app, { database, version }) {
    let serverId: string | undefined;
    app.get(
      '/server',
      {
        config: { access: 'signed-in' },
        schema: { summary: 'Which server this is', response: { 200: serverIdentity } },
      },
      async () => {
        serverId ??= await database.asSystem(readServerId);
        return { serverId, version };
      },
    );
  },
};
