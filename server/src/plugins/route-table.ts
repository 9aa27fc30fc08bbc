/** Every route with who may call it, collected while they are added: the check of access, "405" and the tests of the whole matrix read it. */
import fp from 'fastify-plugin';
import type { Access } from '../access.ts';

export interface RouteRow {
  method: string;
  /** With its parameters: `/api/v1/teams/:teamId`. */
  path: string;
  access: Access;
}

declare module 'fastify' {
  interface FastifyInstance {
    routeTable: RouteRow[];
  }
}

/** A route that does not say who may call it stops the start. */
export const routeTable = fp(async (app) => {
  const rows: RouteRow[] = [];
  app.decorate('routeTable', rows);
  app.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access;
    if (access === undefined)
      throw new Error(`${String(method)} ${url} does not say who may call it (config.access)`);
    for (const each of [method].flat()) rows.push({ method: each, path: url, access });
  });
});

/** The methods that are taken at an address. */
export function methodsAt(rows: RouteRow[], url: string): string[] {
  const parts = (url.split('?', 1)[0] ?? '').split('/');
  const fits = (path: string) => {
    const pattern = path.split('/');
    return (
      pattern.length === parts.length &&
      pattern.every((part, index) => (part.startsWith(':') ? parts[index] !== '' : part === parts[index]))
    );
  };
  return [...new Set(rows.filter((row) => fits(row.path)).map((row) => row.method))];
}
