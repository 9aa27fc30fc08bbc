/**
 * Lists of sessions and laps, kept for a short while. What a viewer may see is asked of the database each time and stands in the key: whoever joins or leaves a team asks
 * under another key. Everything that any of these drivers stores, changes or deletes forgets the lists with him in them.
 */
import { createHash } from 'node:crypto';
import type { Viewer, Work } from '../database/database.ts';
import type { AppParts } from '../parts.ts';
import { ownerTag } from './cache-tags.ts';
import { seenOwners } from './seen-owners.ts';

/** Events reach every replica within a second; this is for those that are lost. */
const keptS = 30;

/** @param query what was asked for, as it was understood */
export async function cachedList<List>(
  { cache, analysis }: Pick<AppParts, 'cache' | 'analysis'>,
  { trx, viewer, name, query }: { trx: Work; viewer: Viewer; name: string; query: object },
  make: () => Promise<List>,
): Promise<List> {
  const owners = (await seenOwners(trx, viewer, {})).sort();
  const asked = createHash('sha256')
    .update(JSON.stringify([query, owners]))
    .digest('hex');
  const key = ['list', name, analysis.analysisVersion, viewer.userId, asked].join(':');
  return await cache.through(key, { seconds: keptS, tags: owners.map(ownerTag) }, make);
}
