/** While the server stops, connections end with the answer that is under way: nobody waits for one that is only kept. */
import fp from 'fastify-plugin';

export const closing = fp(async (app) => {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
});
