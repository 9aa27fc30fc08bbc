import type { SignedInActor, World } from './world.ts';

export interface Row {
  /** The route with its parameters filled in. */
  path?: (world: World) => string;
  body?: (world: World) => unknown;
  headers?: Record<string, string>;
  /** The status that each gets. */
  gets: Record<SignedInActor, number>;
}

export const everyone = (status: number): Row['gets'] => ({
  stranger: status,
  driver: status,
  coach: status,
  owner: status,
  admin: status,
});

export const body = (value: unknown) => () => value;
