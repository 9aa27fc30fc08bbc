/**
 * The server over real HTTP with one client, on every database that is here: storing a lap (read, checked, timed, analysed, committed), reading twelve channels
 * of one, and a page of 50 laps with 100,000 stored. Beside them the same bytes put into a bare table, and read from it, without any of that.
 */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { openAnalysis } from '../../server/src/analysis/open-analysis.ts';
import { MemoryCache } from '../../server/src/cache/memory-cache.ts';
import type { Database } from '../../server/src/database/database.ts';
import { seededId, seedLaps } from '../../server/src/database/testing/seed-laps.ts';
import { testDatabases } from '../../server/src/database/testing/test-homes.ts';
import { MemoryEvents } from '../../server/src/events/memory-events.ts';
import { testApp } from '../../server/src/testing/test-app.ts';
import { someSession } from '../../server/src/testing/uploads.ts';
import { type Bench, type Measurement, quantile } from './bench.ts';
import { BenchClient, type ManyRequests } from './http-client.ts';

interface Lap {
  bytes: Buffer;
  claim: Record<string, unknown>;
  session: Record<string, unknown>;
}

/** A lap of the simulated session, with what an engine claims of it. */
async function someLap(session: string): Promise<Lap> {
  const addon: string = '@racing-coach/native';
  const native = (await import(addon)) as {
    extractLaps(path: string): Promise<{ summary: string; lapFile: Buffer | null }[]>;
  };
  const laps = await native.extractLaps(session);
  const lap = laps.filter(({ lapFile }) => lapFile !== null).at(3);
  if (lap?.lapFile == null) throw new Error('the session has no lap');
  const { session: at, sections: _s, brakeZones: _z, corners: _c, ...facts } = JSON.parse(lap.summary);
  const sha256 = createHash('sha256').update(lap.lapFile).digest('hex');
  const { trackKey, carKey, sim } = at;
  const upload = {
    ...someSession,
    sim,
    trackKey,
    carKey,
    trackName: at.track.name,
    trackConfig: at.track.config,
  };
  const claim = { ...facts, sessionId: 's', analysisVersion: at.analysisVersion, lapFileSha256: sha256 };
  return {
    bytes: lap.lapFile,
    claim,
    session: { ...upload, carName: at.car.name, trackLengthM: at.track.lengthM },
  };
}

async function times(count: number, work: (index: number) => Promise<void>): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    await work(index);
    all.push(performance.now() - start);
  }
  // The first ones warm up: plans, code, connections.
  return all.slice(Math.min(5, count >> 2));
}

const p95 = (values: number[]) => quantile(values, 0.95);
const channels =
  'speedMps,throttle,brake,steeringRad,gear,rpm,lapDistanceM,lateralAccelMps2,longitudinalAccelMps2,yawRateRadps,clutch,fuelL';

async function measure(
  database: Database,
  home: string,
  recording: string,
  quick: boolean,
): Promise<Measurement[]> {
  const lap = await someLap(recording);
  const analysis = await openAnalysis();
  const app = await testApp({
    config: { quotaBytes: 1e12, logLevel: 'error' },
    parts: { database, analysis, cache: new MemoryCache(), events: new MemoryEvents() },
  });
  await app.app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(app.app.server.address() as AddressInfo).port}/api/v1`;
  const many = quick || home === 'PGlite' ? 20_000 : 100_000;
  const client = new BenchClient();
  try {
    await seedLaps(database, { users: 500, laps: many });
    const userId = seededId('a', 7);
    const token = await app.makeToken(userId, { kind: 'personal', scopes: ['laps:read', 'laps:write'] });
    const authorization = `Bearer ${token}`;
    const count = quick ? 30 : 200;
    const ask = async (urls: string[], order: Partial<ManyRequests> = {}) => {
      const headers = { authorization, ...order.headers };
      const all = urls.map((url) => `${origin}${url}`);
      const replies = await client.run({ method: 'GET', count, ...order, urls: all, headers });
      // The first ones warm up: plans, code, connections.
      return { ...replies, ms: replies.ms.slice(replies.ms.length >> 2) };
    };
    const session = Buffer.from(JSON.stringify(lap.session));
    const json = { 'content-type': 'application/json' };
    await ask(['/uploads/sessions/s'], { method: 'PUT', count: 1, headers: json, body: session });
    const header = Buffer.from(JSON.stringify(lap.claim)).toString('base64url');
    const headers = { 'content-type': 'application/vnd.apache.parquet', 'lap-claim': header };
    const upload = await ask(['/uploads/laps/bench-{n}'], { method: 'PUT', headers, body: lap.bytes });
    const stored = (JSON.parse(Buffer.from(upload.last).toString()) as { id: string }).id;
    await database.asSystem((trx) =>
      sql`CREATE TABLE bare (id integer PRIMARY KEY, data bytea)`.execute(trx),
    );
    const bare = await times(count, async (index) => {
      await database.asSystem((trx) => sql`INSERT INTO bare VALUES (${index}, ${lap.bytes})`.execute(trx));
    });
    const columns = `/laps/${stored}/telemetry?channels=${channels}`;
    const read = await ask([columns], { headers: { accept: 'application/octet-stream' } });
    const text = await ask([columns], { headers: { 'accept-encoding': 'identity' } });
    const bareRead = await times(count, async () => {
      await database.asSystem((trx) => sql`SELECT data FROM bare WHERE id = 3`.execute(trx));
    });
    const pages = await ask([
      '/laps?limit=50',
      '/laps?limit=50&order=fastest&trackKey=track%207&carKey=car%207',
    ]);
    const most = home === 'PGlite' ? 120 : 60;
    const row = (
      what: string,
      values: number[],
      wanted: number,
      peer?: Measurement['peer'],
    ): Measurement => ({
      what: `${home}: ${what}, p95`,
      ours: p95(values),
      unit: 'ms',
      wanted: `< ${wanted} ms`,
      met: p95(values) < wanted,
      ...(peer === undefined ? {} : { peer }),
    });
    return [
      row(`a lap of ${Math.round(lap.bytes.length / 1000)} kB stored`, upload.ms, most, {
        name: 'bare INSERT',
        value: p95(bare),
      }),
      row('12 channels of a lap as bytes', read.ms, 15, {
        name: 'bare SELECT of the file',
        value: p95(bareRead),
      }),
      { what: `${home}: 12 channels of a lap as JSON, p95`, ours: p95(text.ms), unit: 'ms' },
      row(`a page of 50 laps of ${many}`, pages.ms, 10),
    ];
  } finally {
    await client.close();
    await app.close();
    await analysis.close();
  }
}

export const serverBench: Bench = {
  name: 'server',
  title: 'The server with one client',
  async run({ quick, session }) {
    const measurements: Measurement[] = [];
    const skipped: string[] = [];
    for (const home of testDatabases().filter(({ name }) => !name.startsWith('Timescale'))) {
      if (home.missing !== null) {
        skipped.push(`${home.name}: ${home.missing}`);
        continue;
      }
      try {
        measurements.push(...(await measure(await home.open(), home.name, session, quick)));
      } finally {
        await home.remove();
      }
    }
    return skipped.length > 0 ? { measurements, skipped: skipped.join('; ') } : { measurements };
  },
};
