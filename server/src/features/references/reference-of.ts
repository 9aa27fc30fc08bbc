import type { SharedReference } from '@racing-coach/contract/server';
import type { Viewer, Work } from '../../database/database.ts';
import { ProblemError } from '../../problem-error.ts';
import { findReference, referenceFrom } from './repository.ts';

/** One reference as an answer. Rejects with `not-found`. */
export async function referenceOf(trx: Work, viewer: Viewer, id: string): Promise<SharedReference> {
  const row = await findReference(trx, viewer, id);
  if (row === undefined) throw new ProblemError('not-found');
  return referenceFrom(row);
}
