import { compareZoneData, checkZoneData, OLDEST_USABLE_ZONE_DATA, ZONE_PROBES } from './zone-check.js';
import { bundledReader, nodeReader, postgresReader, type ZoneReader } from './zone-readers.js';
import { DEFAULT_ZONE, ZONE_DATA_VERSION } from './zone-data.js';

/** A keeper of zone data that is `minutes(at)` away from the bundled data. */
const reader = (minutes: (at: Date) => number): ZoneReader => ({
  name: 'node',
  label: async () => 'Node (tz 2025c)',
  offsets: async (zone, at) => {
    const right = (await bundledReader.offsets(zone, at)) ?? [];
    return at.map((instant, n) => (right[n] ?? NaN) + minutes(instant));
  },
});

const opinionOf = async (one: ZoneReader) => {
  const opinion = (await compareZoneData([one])).opinions[1];
  if (!opinion) throw new Error('no opinion');
  return opinion;
};

const CHANGE = new Date('2026-09-20T01:00:00Z');

describe('zone check', () => {
  it('probes a dozen instants in order from 2021 to 2027, one being the change itself', () => {
    expect(ZONE_PROBES.length).toBeGreaterThanOrEqual(12);
    expect(ZONE_PROBES.map(Number)).toEqual([...ZONE_PROBES].map(Number).sort((a, b) => a - b));
    expect(ZONE_PROBES.map(String)).toContain(String(CHANGE));
    expect(ZONE_PROBES[0]?.getUTCFullYear()).toBe(2021);
    expect(ZONE_PROBES.at(-1)?.getUTCFullYear()).toBe(2027);
  });

  it('finds the bundled data right by the decrees', async () => {
    expect(await bundledReader.offsets(DEFAULT_ZONE, ZONE_PROBES)).toEqual([
      60, 0, 60, 0, 60, 0, 60, 0, 60, 60, 0, 0, 0, 0,
    ]);
  });

  it('says how far and since when a component is ahead', async () => {
    const opinion = await opinionOf(reader((at) => (at >= CHANGE ? 60 : 0)));
    expect(opinion.line).toBe(
      'Node (tz 2025c) is 60 min ahead for Africa/Casablanca from 2026-09-20: not used, harmless.',
    );
    expect(opinion.disagreements[0]).toEqual({ at: CHANGE, minutes: 60 });
    expect(opinion.disagreements).toHaveLength(4);
    expect(opinion.knowsZone).toBe(true);
  });

  it('says behind, and how much at most when it varies', async () => {
    expect((await opinionOf(reader(() => -60))).line).toBe(
      'Node (tz 2025c) is 60 min behind for Africa/Casablanca from 2021-01-15: not used, harmless.',
    );
    expect((await opinionOf(reader((at) => (at >= CHANGE ? 30 : -60)))).line).toBe(
      'Node (tz 2025c) differs by up to 60 min for Africa/Casablanca from 2021-01-15: not used, harmless.',
    );
  });

  it('says when a component agrees, or does not know the zone', async () => {
    expect((await opinionOf(reader(() => 0))).line).toBe('Node (tz 2025c) agrees for Africa/Casablanca.');
    const opinion = await opinionOf({ ...reader(() => 0), offsets: async () => undefined });
    expect(opinion).toMatchObject({ knowsZone: false, disagreements: [] });
    expect(opinion.line).toBe('Node (tz 2025c) does not know Africa/Casablanca: not used, harmless.');
  });

  it('is not ok only when the bundled data are too old', async () => {
    const report = await compareZoneData([reader(() => 60)]);
    expect(report).toMatchObject({ ok: true, zone: DEFAULT_ZONE });
    expect(report.opinions[0]?.line).toBe(
      `Bundled zone data (tz ${ZONE_DATA_VERSION}) are used for every wall time.`,
    );
    for (const [version, ok] of [
      ['2026b', false],
      [OLDEST_USABLE_ZONE_DATA, true],
      ['2027a', true],
    ] as const) {
      const old = await compareZoneData([], DEFAULT_ZONE, version);
      expect(old.ok).toBe(ok);
      expect(old.opinions[0]).toMatchObject({ component: 'bundled', knowsZone: true, disagreements: [] });
      expect(old.opinions[0]?.line).toBe(
        ok
          ? `Bundled zone data (tz ${version}) are used for every wall time.`
          : 'Bundled zone data (tz 2026b) are older than 2026c and do not know that Morocco left UTC+1 on 2026-09-20: hours are wrong, update moment-timezone.',
      );
    }
  });
});

describe('what this Node says', () => {
  it('is right about zones nobody changed, and undefined for one it does not know', async () => {
    for (const zone of ['Europe/Madrid', 'Asia/Kolkata', 'America/New_York', 'UTC']) {
      expect(await nodeReader.offsets(zone, ZONE_PROBES)).toEqual(
        await bundledReader.offsets(zone, ZONE_PROBES),
      );
    }
    expect(await nodeReader.offsets('Mars/Olympus', ZONE_PROBES)).toBeUndefined();
  });

  it('is an hour ahead from 2026-09-20 while its zone data are older than 2026c', async () => {
    const tz = String(process.versions['tz']);
    const { opinions } = await checkZoneData();
    expect(opinions).toHaveLength(2);
    expect(opinions[1]?.line).toBe(
      tz < '2026c'
        ? `Node (tz ${tz}) is 60 min ahead for Africa/Casablanca from 2026-09-20: not used, harmless.`
        : `Node (tz ${tz}) agrees for Africa/Casablanca.`,
    );
  });
});

describe('the question to PostgreSQL', () => {
  it('takes an unknown zone (22023) for an answer, wrapped by the ORM or not, and passes other errors on', async () => {
    const failing = (error: object) =>
      postgresReader(() => Promise.reject(error)).offsets('Mars', ZONE_PROBES);
    expect(await failing({ code: '22023' })).toBeUndefined();
    expect(await failing({ driverError: { code: '22023' } })).toBeUndefined();
    await expect(failing({ code: '57P01' })).rejects.toEqual({ code: '57P01' });
  });
});
