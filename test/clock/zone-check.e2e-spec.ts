import pg from 'pg';
import { checkZoneData, ZONE_PROBES } from '../../src/shared/clock/zone-check.js';
import { bundledReader, postgresReader, type Query } from '../../src/shared/clock/zone-readers.js';
import { testServer } from '../support/database.js';

describe('zone check against the real PostgreSQL', () => {
  let client: pg.Client;
  const query: Query = async (sql, params) => (await client.query<Record<string, unknown>>(sql, params)).rows;

  beforeAll(async () => {
    client = new pg.Client({ connectionString: `${testServer()}/postgres` });
    await client.connect();
  });
  afterAll(() => client.end());

  it.each(['UTC', 'Asia/Tokyo'])(
    'reads offsets rightly whatever zone the connection has (%s)',
    async (own) => {
      await client.query(`SELECT set_config('TimeZone', $1, false)`, [own]);
      for (const zone of ['Europe/Madrid', 'Asia/Kolkata', 'America/New_York', 'UTC']) {
        expect(await postgresReader(query).offsets(zone, ZONE_PROBES)).toEqual(
          await bundledReader.offsets(zone, ZONE_PROBES),
        );
      }
    },
  );

  it('takes an unknown zone for an answer', async () => {
    expect(await postgresReader(query).offsets('Mars/Olympus', ZONE_PROBES)).toBeUndefined();
  });

  it('says the server’s version and whether it knows of 2026-09-20', async () => {
    const version = (
      await client.query<{ v: string }>(`SELECT split_part(current_setting('server_version'), ' ', 1) AS v`)
    ).rows[0]?.v;
    const { opinions } = await checkZoneData(query);
    expect(opinions.map(({ component }) => component)).toEqual(['bundled', 'node', 'postgres']);
    expect([
      `PostgreSQL (${version}) agrees for Africa/Casablanca.`,
      `PostgreSQL (${version}) is 60 min ahead for Africa/Casablanca from 2026-09-20: not used, harmless.`,
    ]).toContain(opinions[2]?.line);
  });
});
