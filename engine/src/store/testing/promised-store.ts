/** A store of this thread behind promises, as the worker's is. */
import { type LapStore, type LapStoreClient, lapStoreVerbs } from '../lap-store.ts';

export function promised(store: LapStore): LapStoreClient {
  const call =
    (verb: (typeof lapStoreVerbs)[number]) =>
    async (...words: unknown[]) =>
      (store[verb] as (...words: unknown[]) => unknown)(...words);
  return Object.fromEntries(lapStoreVerbs.map((verb) => [verb, call(verb)])) as LapStoreClient;
}
