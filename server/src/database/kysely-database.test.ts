import { afterAll, expect, test } from 'vitest';
import { memoryDatabase } from './testing/memory-database.ts';

const database = await memoryDatabase();
afterAll(() => database.close());
const [anna, bert] = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'];
const viewer = (userId: string) => ({ userId, role: 'user' as const });

test('a viewer sees and writes his own sessions only', async () => {
  await database.asSystem(async (trx) => {
    const user = { role: 'user' as const, password_hash: 'x', created_at: new Date() };
    await trx
      .insertInto('users')
      .values([
        { id: anna, email: 'a@x', name: 'Anna', ...user },
        { id: bert, email: 'b@x', name: 'Bert', ...user },
      ])
      .execute();
  });
  const session = {
    client_id: 's1',
    visibility: 'team' as const,
    source: 'live',
    source_name: '',
    sim: 'iracing',
    track_key: 't',
    car_key: 'c',
    track_name: 'T',
    track_config: '',
    car_name: 'C',
    sample_rate_hz: 60,
    date: '',
    own: true,
    started_at: new Date(),
    created_at: new Date(),
  };
  await database.asViewer(viewer(anna), (trx) =>
    trx
      .insertInto('sessions')
      .values({ ...session, id: anna, owner_id: anna })
      .execute(),
  );
  await expect(
    database.asViewer(viewer(bert), (trx) =>
      trx
        .insertInto('sessions')
        .values({ ...session, id: bert, owner_id: anna })
        .execute(),
    ),
  ).rejects.toThrow(/row-level security/);
  const seen = (who: string) =>
    database.asViewer(viewer(who), (trx) => trx.selectFrom('sessions').select('id').execute());
  expect(await seen(anna)).toHaveLength(1);
  expect(await seen(bert)).toHaveLength(0);
  await expect(
    database.asViewer(viewer(bert), (trx) => trx.selectFrom('users').selectAll().execute()),
  ).rejects.toThrow(/permission denied/);
  expect(
    await database.asViewer(viewer(bert), (trx) => trx.selectFrom('users').select('name').execute()),
  ).toHaveLength(2);
});
