/** Every index of the lists is one that PostgreSQL takes, for the system and with row-level security around it. Repositories add their own queries. */
import type { CompiledQuery } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { takeJob } from '../jobs/job-queue.ts';
import type { Database, Work } from './database.ts';
import { blocksRead, planOf, plansOf, planUses } from './testing/plans.ts';
import { seededId, seedLaps } from './testing/seed-laps.ts';
import { onEveryHome } from './testing/test-homes.ts';

const long = process.env['RACING_COACH_LONG'] !== undefined;
const seed = long ? { users: 500, laps: 100_000 } : { users: 50, laps: 5_000 };
const userId = seededId('a', 7);
const viewer = { userId, role: 'user' as const };
const later = new Date('2100-01-01T00:00:00Z');

/** What the lists need of Kysely's builder, whatever they select. */
interface List {
  limit(rows: number): { compile(): CompiledQuery };
}

const lists: [index: string, query: (trx: Work) => List][] = [
  [
    'sessions_by_owner',
    (trx) =>
      trx
        .selectFrom('sessions')
        .selectAll()
        .where('owner_id', '=', userId)
        .where((is) => is(is.refTuple('started_at', 'id'), '<', is.tuple(later, userId)))
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc'),
  ],
  [
    'laps_by_session',
    (trx) =>
      trx
        .selectFrom('laps')
        .selectAll()
        .where('session_id', '=', seededId('b', 7))
        .orderBy('start_sample')
        .orderBy('id'),
  ],
  [
    'laps_by_owner',
    (trx) =>
      trx
        .selectFrom('laps')
        .selectAll()
        .where('owner_id', '=', userId)
        .where('id', '<', seededId('c', 2 ** 40))
        .orderBy('id', 'desc'),
  ],
  ['laps_pkey', (trx) => trx.selectFrom('laps').selectAll().orderBy('id', 'desc')],
  [
    'reference_laps_by_time',
    (trx) =>
      trx
        .selectFrom('reference_laps')
        .selectAll()
        .where('track_key', '=', 'track 3')
        .where('car_key', '=', 'car 3')
        .orderBy('lap_time_s')
        .orderBy('id'),
  ],
  [
    'reference_laps_by_rating',
    (trx) =>
      trx
        .selectFrom('reference_laps')
        .selectAll()
        .where('track_key', '=', 'track 3')
        .where('car_key', '=', 'car 3')
        .orderBy('rating_mean', 'desc')
        .orderBy('id', 'desc'),
  ],
  ['reference_laps_pkey', (trx) => trx.selectFrom('reference_laps').selectAll().orderBy('id', 'desc')],
  [
    'reference_laps_by_owner',
    (trx) =>
      trx.selectFrom('reference_laps').selectAll().where('owner_id', '=', userId).orderBy('id', 'desc'),
  ],
];

onEveryHome(
  'lists use their indexes',
  (home) => {
    let database: Database;
    // PGlite has few laps: its test is the same SQL, and the time goes to PostgreSQL.
    const many = long && home.name === 'PostgreSQL';
    // Of sessions and references a user has so few that sorting them costs nothing.
    const optionsFor = (index: string) => ({ fewRows: !many || !index.startsWith('laps') });
    beforeAll(async () => {
      database = await home.open();
      await seedLaps(database, many ? seed : { users: 50, laps: 5_000 });
    }, 120_000);

    test.each(lists)('%s, for the system and for a viewer', async (index, query) => {
      const compiled = await database.asSystem(async (trx) => query(trx).limit(50).compile());
      const plan = await planOf(database, compiled, optionsFor(index));
      expect(plan.indexes, plan.sql).toContain(index);
      expect(plan.sorts, plan.sql).toBe(false);
      // Of few owners the laps may be sorted; but nobody reads a whole table.
      const seen = await planOf(database, compiled, { ...optionsFor(index), viewer });
      expect(seen.wholeTables, seen.sql).toEqual([]);
    });

    test('who sees nothing reads next to nothing', async () => {
      const compiled = await database.asSystem(async (trx) =>
        trx.selectFrom('laps').selectAll().orderBy('id', 'desc').limit(50).compile(),
      );
      const stranger = { userId: seededId('a', 2 ** 30), role: 'user' as const };
      expect(await blocksRead(database, compiled, { viewer: stranger })).toBeLessThan(300);
      expect(await blocksRead(database, compiled, { viewer })).toBeLessThan(1000);
    });

    test('tokens of a user, and the next job', async () => {
      const tokens = await database.asSystem(async (trx) =>
        trx.selectFrom('tokens').selectAll().where('user_id', '=', userId).orderBy('id').limit(50).compile(),
      );
      expect(await planUses(database, tokens, 'tokens_by_user', optionsFor('tokens'))).toBe(true);
      const inside = (trx: Work) =>
        ({ asSystem: (work: (inner: Work) => unknown) => work(trx) }) as unknown as Database;
      const plans = await plansOf(database, (trx) => takeJob(inside(trx), 'make-metrics', new Date(), 1000), {
        fewRows: true,
      });
      expect(plans[0]?.indexes).toContain('jobs_waiting');
    });

    test('a query without an index is found out', async () => {
      const plans = await plansOf(database, (trx) =>
        trx.selectFrom('laps').select('id').where('stint', '=', 4).execute(),
      );
      expect(plans).toMatchObject([{ indexes: [], wholeTables: ['laps'] }]);
    });
  },
  ['PGlite', 'PostgreSQL'],
);
