/** Lists of shared references in three orders, each a range of an index of one track and car or of all. */
import type { referenceQuery } from '@racing-coach/contract/server';
import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import type { Viewer, Work } from '../../database/database.ts';
import { pageFrom, readCursor } from '../../page.ts';
import { type ReferenceRow, referenceOf } from './reference-row.ts';
import { seenReference } from './seen-reference.ts';

type Query = z.infer<typeof referenceQuery>;

interface Order {
  cursor: z.ZodType<(string | number)[]>;
  keyOf(row: ReferenceRow): (string | number)[];
  after(key: (string | number)[]): RawBuilder<unknown>;
  orderBy: RawBuilder<unknown>;
}

const orders: Record<Query['order'], Order> = {
  newest: {
    cursor: z.tuple([z.uuid()]),
    keyOf: (row) => [row.id],
    after: ([id]) => sql`reference_laps.id < ${id}::uuid`,
    orderBy: sql`reference_laps.id DESC`,
  },
  fastest: {
    cursor: z.tuple([z.number(), z.uuid()]),
    keyOf: (row) => [row.lap_time_s, row.id],
    after: ([time, id]) =>
      sql`(reference_laps.lap_time_s, reference_laps.id) > (${time}::double precision, ${id}::uuid)`,
    orderBy: sql`reference_laps.lap_time_s, reference_laps.id`,
  },
  'best-rated': {
    cursor: z.tuple([z.number(), z.uuid()]),
    keyOf: (row) => [row.rating_mean, row.id],
    after: ([mean, id]) =>
      sql`(reference_laps.rating_mean, reference_laps.id) < (${mean}::double precision, ${id}::uuid)`,
    orderBy: sql`reference_laps.rating_mean DESC, reference_laps.id DESC`,
  },
};

export function referenceListQuery(viewer: Viewer, query: Query) {
  const order = orders[query.order];
  const after = readCursor(query.after, order.cursor);
  const conditions: RawBuilder<unknown>[] = [seenReference(viewer)];
  if (query.trackKey !== undefined) conditions.push(sql`reference_laps.track_key = ${query.trackKey}`);
  if (query.carKey !== undefined) conditions.push(sql`reference_laps.car_key = ${query.carKey}`);
  if (query.condition !== undefined) conditions.push(sql`reference_laps.wet = ${query.condition === 'wet'}`);
  if (query.teamId !== undefined) conditions.push(sql`reference_laps.team_id = ${query.teamId}::uuid`);
  if (query.mine !== undefined)
    conditions.push(sql`(reference_laps.owner_id = ${viewer.userId}::uuid) = ${query.mine}`);
  if (after !== null) conditions.push(order.after(after));
  return sql<ReferenceRow>`
    SELECT reference_laps.*, users.name AS owner_name, reference_ratings.stars AS yours
    FROM reference_laps
    JOIN users ON users.id = reference_laps.owner_id
    LEFT JOIN reference_ratings ON reference_ratings.reference_id = reference_laps.id
      AND reference_ratings.user_id = ${viewer.userId}::uuid
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${order.orderBy} LIMIT ${query.limit + 1}`;
}

export async function listReferences(trx: Work, viewer: Viewer, query: Query) {
  const { rows } = await referenceListQuery(viewer, query).execute(trx);
  return pageFrom(rows, query.limit, orders[query.order].keyOf, referenceOf);
}
