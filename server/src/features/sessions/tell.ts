/** Lists and caches hear of changed sessions. Whoever may not see one any more hears that it is gone, once; whoever never saw it hears nothing. */
import type { Viewer } from '../../database/database.ts';
import type { AppParts } from '../../parts.ts';

type Listeners = Pick<AppParts, 'cache' | 'events'>;

export async function tellOfVisibility(
  { cache, events }: Listeners,
  { userId: ownerId }: Viewer,
  { sessionId, visibility }: { sessionId: string; visibility: 'private' | 'team' },
): Promise<void> {
  await cache.invalidate([`owner:${ownerId}`]);
  const changed = { type: 'session.changed', sessionId } as const;
  if (visibility === 'team') await events.publish({ event: changed, ownerId, to: 'viewers' });
  else {
    await events.publish({ event: changed, ownerId, to: 'owner' });
    await events.publish({ event: { type: 'session.removed', sessionId }, ownerId, to: 'team' });
  }
}

export async function tellOfRemoved(
  { cache, events }: Listeners,
  { userId: ownerId }: Viewer,
  gone: { sessionId: string; visibility: 'private' | 'team'; lapIds: string[] },
): Promise<void> {
  await cache.invalidate([`owner:${ownerId}`, ...gone.lapIds.map((lapId) => `lap:${lapId}`)]);
  const event = { type: 'session.removed', sessionId: gone.sessionId } as const;
  await events.publish({ event, ownerId, to: 'owner' });
  if (gone.visibility === 'team') await events.publish({ event, ownerId, to: 'team' });
}
