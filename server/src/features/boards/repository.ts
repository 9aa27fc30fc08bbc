/**
 * Boards: the fastest reference-grade lap of each driver on one track in one car. Laps come from the drivers whose sessions the viewer sees, each by his
 * own index; everybody else appears by what he shared as a reference.
 */
import type { BoardQuery } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import type { Viewer, Work } from '../../database/database.ts';
import { seenDrivers } from '../../rights/seen-drivers.ts';
import { isSharedWith } from '../references/repository.ts';

export type BoardWanted = Pick<BoardQuery, 'trackKey' | 'carKey' | 'teamId' | 'condition' | 'assisted'>;

export interface BoardLap {
  driver_id: string;
  name: string;
  lap_id: string | null;
  reference_id: string | null;
  lap_time_s: number;
  assisted: boolean | null;
  driven_at: Date;
}

/** Whose laps the viewer sees, his teams and who is in them, in a fixed order: with these, a board that was made before is known to be his. */
export async function boardRights(trx: Work, viewer: Viewer, teamId: string | undefined) {
  const drivers = await trx
    .selectFrom(seenDrivers(viewer, { teamId }))
    .select('owner_id')
    .orderBy('owner_id')
    .execute();
  const others = await sql<{ id: string }>`
    SELECT viewer_teams() AS id UNION SELECT viewer_members() ORDER BY id`.execute(trx);
  return { drivers: drivers.map((row) => row.owner_id), others: others.rows.map((row) => row.id) };
}

/** Unknown counts as dry; whether a lap was assisted must be known to be asked for. */
export function boardLapsQuery(trx: Work, viewer: Viewer, wanted: BoardWanted) {
  const { trackKey, carKey, teamId, condition, assisted } = wanted;
  return trx
    .selectFrom(seenDrivers(viewer, { teamId }))
    .innerJoinLateral(
      (of) =>
        of
          .selectFrom('laps')
          .select(['laps.id', 'laps.owner_id', 'laps.lap_time_s', 'laps.assisted', 'laps.uploaded_at'])
          .whereRef('laps.owner_id', '=', 'seen.owner_id')
          .where((is) => is.or([is('seen.everything', '=', true), is('laps.visibility', '=', 'team')]))
          .where('laps.track_key', '=', trackKey)
          .where('laps.car_key', '=', carKey)
          .where('laps.reference_grade', '=', true)
          .where('laps.lap_time_s', 'is not', null)
          .where(sql<boolean>`laps.wet IS ${sql.raw(condition === 'wet' ? 'TRUE' : 'NOT TRUE')}`)
          .$if(assisted !== 'any', (query) => query.where('laps.assisted', '=', assisted === 'yes'))
          .orderBy('laps.lap_time_s')
          .orderBy('laps.id')
          .limit(1)
          .as('lap'),
      (join) => join.onTrue(),
    )
    .innerJoin('users', 'users.id', 'lap.owner_id')
    .select([
      'lap.owner_id as driver_id',
      'users.name',
      'lap.id as lap_id',
      sql<null>`NULL`.as('reference_id'),
      sql<number>`lap.lap_time_s`.as('lap_time_s'),
      'lap.assisted',
      'lap.uploaded_at as driven_at',
    ]);
}

/** Each driver's fastest reference: of everybody, or of one team what its drivers share with it or with everybody. */
export function boardReferencesQuery(trx: Work, viewer: Viewer, wanted: BoardWanted) {
  const { trackKey, carKey, teamId, condition, assisted } = wanted;
  return trx
    .selectFrom('reference_laps as shared')
    .innerJoin('users', 'users.id', 'shared.owner_id')
    .distinctOn('shared.owner_id')
    .select([
      'shared.owner_id as driver_id',
      'users.name',
      sql<null>`NULL`.as('lap_id'),
      'shared.id as reference_id',
      'shared.lap_time_s',
      'shared.assisted',
      'shared.shared_at as driven_at',
    ])
    .where('shared.track_key', '=', trackKey)
    .where('shared.car_key', '=', carKey)
    .where('shared.wet', '=', condition === 'wet')
    .where(isSharedWith(viewer))
    .$if(assisted !== 'any', (query) => query.where('shared.assisted', '=', assisted === 'yes'))
    .$if(teamId === undefined, (query) =>
      query.where((is) =>
        is.or([is('shared.visibility', '!=', 'private'), is('shared.owner_id', '=', viewer.userId)]),
      ),
    )
    .$if(teamId !== undefined, (query) =>
      query.where((is) =>
        is.or([
          is('shared.team_id', '=', teamId ?? ''),
          is.and([
            is('shared.visibility', '=', 'public'),
            sql<boolean>`shared.owner_id IN (SELECT viewer_drivers_of(${teamId ?? ''}::uuid))`,
          ]),
        ]),
      ),
    )
    .orderBy('shared.owner_id')
    .orderBy('shared.lap_time_s')
    .orderBy('shared.id');
}
