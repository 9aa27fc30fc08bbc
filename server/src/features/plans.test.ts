/** What lists really ask, with row-level security around it: each reads by an index, and none reads a table that grows from one end to the other. */
import { boardQuery, lapQuery, pageQuery, referenceQuery, sessionQuery } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database, Work } from '../database/database.ts';
import { blocksRead, plansOf } from '../database/testing/plans.ts';
import { seededId, seedLaps } from '../database/testing/seed-laps.ts';
import { onEveryHome } from '../database/testing/test-homes.ts';
import { board, boardRowsQuery } from './boards/repository.ts';
import { lapListQuery, listLaps } from './laps/lap-list.ts';
import { listReferences } from './references/reference-list.ts';
import { listSessions, sessionListQuery } from './sessions/repository.ts';
import { listTracks } from './tracks/repository.ts';

const long = process.env['RACING_COACH_LONG'] !== undefined;
const users = 50;
const viewer = { userId: seededId('a', 7), role: 'user' as const };
const place = { trackKey: 'track 3', carKey: 'car 3' };
const growing = ['sessions', 'laps', 'lap_files', 'reference_laps'];

const lists: [name: string, index: string, list: (trx: Work) => Promise<unknown>][] = [
  ['sessions', 'sessions_by_owner', (trx) => listSessions(trx, viewer, sessionQuery.parse({}))],
  ['sessions of a track', 'sessions_by_', (trx) => listSessions(trx, viewer, sessionQuery.parse(place))],
  ['laps', 'laps_by_owner', (trx) => listLaps(trx, viewer, lapQuery.parse({}))],
  [
    'laps of a session',
    'laps_by_session',
    (trx) => listLaps(trx, viewer, lapQuery.parse({ order: 'driven', sessionId: seededId('b', 7) })),
  ],
  [
    'the fastest laps',
    'laps_by_time',
    (trx) => listLaps(trx, viewer, lapQuery.parse({ order: 'fastest', ...place })),
  ],
  [
    'references by time',
    'reference_laps_by_time',
    (trx) => listReferences(trx, viewer, referenceQuery.parse(place)),
  ],
  [
    'references by rating',
    'reference_laps_by_rating',
    (trx) => listReferences(trx, viewer, referenceQuery.parse({ order: 'best-rated', ...place })),
  ],
  [
    'references by age',
    'reference_laps_pkey',
    (trx) => listReferences(trx, viewer, referenceQuery.parse({ order: 'newest' })),
  ],
  ['a board', 'laps_by_time', (trx) => board(trx, viewer, boardQuery.parse(place))],
  ['tracks', 'sessions_', (trx) => listTracks(trx, viewer, pageQuery.parse({}))],
];

onEveryHome(
  'what lists ask',
  (home) => {
    let database: Database;
    const many = long && home.name === 'PostgreSQL';
    beforeAll(async () => {
      database = await home.open();
      await seedLaps(database, many ? { users: 500, laps: 100_000 } : { users, laps: 5_000 });
      await database.asSystem(async (trx) => {
        // The viewer is in a team with ten others, all of whom share.
        const team = sql`${seededId('e', 1)}::uuid`;
        await sql`INSERT INTO teams (id, name, created_at) VALUES (${team}, 'Team', now()) ON CONFLICT DO NOTHING`.execute(
          trx,
        );
        for (let user = 0; user < 10; user += 1)
          await sql`INSERT INTO team_members (team_id, user_id, role, shares_sessions, joined_at)
            VALUES (${team}, ${seededId('a', user)}::uuid, 'driver', true, now()) ON CONFLICT DO NOTHING`.execute(
            trx,
          );
        await sql`ANALYZE`.execute(trx);
      });
    }, 120_000);

    test.each(lists)('%s, by %s', async (_name, index, list) => {
      const plans = await plansOf(database, list, { viewer, fewRows: !many });
      const used = plans.flatMap((plan) => plan.indexes);
      expect(
        used.some((name) => name.startsWith(index)),
        used.join(', '),
      ).toBe(true);
      for (const plan of plans)
        expect(
          plan.wholeTables.filter((table) => growing.includes(table)),
          plan.sql,
        ).toEqual([]);
    });

    test('a page costs the same whatever others have stored', async () => {
      const owners = Array.from({ length: 10 }, (_, user) => seededId('a', user));
      const blocksOf = async (build: (trx: Work) => { compile(trx: Work): never }) =>
        await blocksRead(database, await database.asSystem(async (trx) => build(trx).compile(trx)), {
          viewer,
        });
      const of = (query: unknown) => () => query as { compile(trx: Work): never };
      expect(await blocksOf(of(lapListQuery(viewer, owners, lapQuery.parse({}))))).toBeLessThan(8000);
      expect(await blocksOf(of(sessionListQuery(viewer, owners, sessionQuery.parse({}))))).toBeLessThan(3000);
      expect(await blocksOf(of(boardRowsQuery(viewer, owners, boardQuery.parse(place))))).toBeLessThan(8000);
    });
  },
  ['PGlite', 'PostgreSQL'],
);
