import { ClockRederiveService } from '../../src/tours/public.js';
import { createWorld, type World } from './world.js';

const TIMES = `
  SELECT u.id, u.during::text AS unit, s.during::text AS session, array_agg(DISTINCT r.during::text) AS resources
    FROM unit u JOIN session s ON s.id = u.session_id LEFT JOIN unit_resource r ON r.unit_id = u.id
   GROUP BY u.id, s.id ORDER BY u.id`;

describe('clock rederive', () => {
  let t: World;
  beforeAll(async () => (t = await createWorld()), 60_000);
  afterAll(() => t.close());

  const times = () => t.db.read('test.times', TIMES);
  const rederive = () => t.app.get(ClockRederiveService).rederive();

  it('moves nothing while the zone data are those of the plan', async () => {
    const { units, moved } = await rederive();
    expect(units).toBeGreaterThanOrEqual(40);
    expect(moved).toBe(0);
  });

  it('puts every unit, session, trainer and seat back where the wall clock says', async () => {
    const right = await times();
    // As if the plan had been made under an old decree: everything an hour off, seats included.
    await t.db.transaction(async () => {
      await t.db.write(
        'test.defer',
        `SET CONSTRAINTS unit_resource_one_place_at_a_time, enrolment_one_place_at_a_time DEFERRED`,
      );
      await t.db.write(
        'test.shiftUnits',
        `UPDATE unit SET during = tstzrange(lower(during) + interval '1 hour', upper(during) + interval '1 hour')`,
      );
      await t.db.write(
        'test.shiftSessions',
        `UPDATE session s SET during = u.during FROM (SELECT session_id, range_agg(during) AS during FROM unit GROUP BY 1) u WHERE u.session_id = s.id`,
      );
    });
    expect(await times()).not.toEqual(right);
    const { units, moved } = await rederive();
    expect(moved).toBe(units);
    expect(await times()).toEqual(right);
  });
});
