/** Lists of laps: each order is a range of one index for each owner that the viewer may see. */
import type { lapQuery } from '@racing-coach/contract/server';
import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import type { Viewer, Work } from '../../database/database.ts';
import { pageFrom, readCursor } from '../../page.ts';
import { seenOwners } from '../seen-owners.ts';
import { type LapRow, lapOf } from './lap-row.ts';

type Query = z.infer<typeof lapQuery>;

interface Order {
  cursor: z.ZodType<(string | number)[]>;
  keyOf(row: LapRow): (string | number)[];
  after(key: (string | number)[]): RawBuilder<unknown>;
  orderBy(table: RawBuilder<unknown>): RawBuilder<unknown>;
  /** What must hold for a row to be in this order at all. */
  only?: RawBuilder<unknown>;
}

const orders: Record<Query['order'], Order> = {
  newest: {
    cursor: z.tuple([z.uuid()]),
    keyOf: (row) => [row.id],
    after: ([id]) => sql`laps.id < ${id}::uuid`,
    orderBy: (table) => sql`${table}.id DESC`,
  },
  driven: {
    cursor: z.tuple([z.int(), z.uuid()]),
    keyOf: (row) => [row.start_sample, row.id],
    after: ([sample, id]) => sql`(laps.start_sample, laps.id) > (${sample}::bigint, ${id}::uuid)`,
    orderBy: (table) => sql`${table}.start_sample, ${table}.id`,
  },
  fastest: {
    cursor: z.tuple([z.number(), z.uuid()]),
    keyOf: (row) => [row.lap_time_s ?? 0, row.id],
    after: ([time, id]) => sql`(laps.lap_time_s, laps.id) > (${time}::double precision, ${id}::uuid)`,
    orderBy: (table) => sql`${table}.lap_time_s, ${table}.id`,
    only: sql`laps.lap_time_s IS NOT NULL`,
  },
};

function conditionsOf(viewer: Viewer, query: Query, order: Order): RawBuilder<unknown>[] {
  const after = readCursor(query.after, order.cursor);
  const conditions = [
    sql`laps.owner_id = owners.owner_id`,
    sql`(laps.owner_id = ${viewer.userId}::uuid OR EXISTS (
      SELECT FROM sessions WHERE sessions.id = laps.session_id AND sessions.visibility = 'team'))`,
  ];
  if (query.sessionId !== undefined) conditions.push(sql`laps.session_id = ${query.sessionId}::uuid`);
  if (query.trackKey !== undefined) conditions.push(sql`laps.track_key = ${query.trackKey}`);
  if (query.carKey !== undefined) conditions.push(sql`laps.car_key = ${query.carKey}`);
  if (query.valid !== undefined) conditions.push(sql`laps.valid = ${query.valid}`);
  if (query.referenceGrade !== undefined)
    conditions.push(sql`laps.reference_grade = ${query.referenceGrade}`);
  if (order.only !== undefined) conditions.push(order.only);
  if (after !== null) conditions.push(order.after(after));
  return conditions;
}

export function lapListQuery(viewer: Viewer, owners: string[], query: Query) {
  const order = orders[query.order];
  return sql<LapRow>`
    SELECT seen.*, users.name AS owner_name
    FROM unnest(${owners}::uuid[]) AS owners (owner_id)
    CROSS JOIN LATERAL (
      SELECT laps.* FROM laps WHERE ${sql.join(conditionsOf(viewer, query, order), sql` AND `)}
      ORDER BY ${order.orderBy(sql`laps`)} LIMIT ${query.limit + 1}
    ) AS seen
    JOIN users ON users.id = seen.owner_id
    ORDER BY ${order.orderBy(sql`seen`)} LIMIT ${query.limit + 1}`;
}

export async function listLaps(trx: Work, viewer: Viewer, query: Query) {
  const owners = await seenOwners(trx, viewer, query);
  const { rows } = await lapListQuery(viewer, owners, query).execute(trx);
  return pageFrom(rows, query.limit, orders[query.order].keyOf, lapOf);
}
