import { createElsewhere, createWorld, TRAINER_A, TRAINER_B, type World } from './world.js';

interface Plan {
  id: string;
  tourId: string;
  state: string;
  revision: number;
  minutes: number | null;
  nights: number | null;
  bound: number | null;
  isExact: boolean;
  teams: Array<{
    id: string;
    name: string;
    minutes: number;
    stops: Array<{ stop: string; teamId: string; localDate: string; half: number; city: { slug: string } }>;
  }>;
  unplaced: Array<{ stop: string; code: string; detail: string }>;
  faults: Array<{ stop: string; code: string; detail: string }>;
}

const TEN = [
  'tanger', 'asilah', 'tetouan', 'mdiq', 'fnideq', 'larache', 'ksar-el-kebir', 'chefchaouen', 'ouezzane', 'al-hoceima',
].map((city) => ({ city })); // prettier-ignore
const NAME = { fr: 'Tournée de mars', ar: 'جولة مارس' };
const TEAMS = [
  { name: 'A', home: 'tanger', trainerIds: [TRAINER_A] },
  { name: 'B', home: 'tetouan', trainerIds: [TRAINER_B] },
];
/** As the reference case, Monday to the Monday after; without a holiday. */
const DATES = { from: '2027-03-01', to: '2027-03-08' };
const SESSIONS = {
  course: 'e-marketing',
  capacity: 30,
  language: 'ar',
  venueNote: 'Maison des jeunes <centre>',
};

describe('plans of a tour', () => {
  let w: World;
  beforeAll(async () => (w = await createWorld()), 60_000);
  afterAll(() => w.close());

  const makeTour = async (teams: unknown = TEAMS, more: object = {}): Promise<string> => {
    const answer = await w.as('/campaigns/caravane-2027/tours', { body: { name: NAME, teams, ...more } });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json<{ id: string }>().id;
  };
  const found = async (tour: string, wanted: object): Promise<Plan> => {
    const asked = await w.as(`/tours/${tour}/plans`, { body: wanted });
    if (asked.statusCode !== 202) throw new Error(asked.body);
    expect(asked.json<Plan>().state).toBe('looking');
    await w.runJobs();
    return (await w.as(`/plans/${asked.json<Plan>().id}`)).json<Plan>();
  };
  const codesOf = (body: { errors?: Array<{ pointer: string; code: string }> }) =>
    (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
  const audited = async (action: string, subject: string) =>
    (
      await w.db.read<{ facts: unknown }>(
        'test.audited',
        `SELECT facts FROM audit_event WHERE action = $1 AND subject_id = $2`,
        [action, subject],
      )
    ).map(({ facts }) => facts);

  it('are found for ten cities in eight days with two teams, proven the best, and saved with their sessions', async () => {
    const tour = await makeTour();
    const plan = await found(tour, { ...DATES, stops: TEN });
    expect(plan).toMatchObject({ state: 'found', minutes: 1035, bound: 1035, nights: 6, isExact: true });
    expect([plan.unplaced, plan.faults]).toEqual([[], []]);
    const body = { revision: plan.revision, sessions: SESSIONS };
    const saved = await w.as(`/plans/${plan.id}/save`, { body });
    expect(saved.statusCode).toBe(201);
    const { stopIds, sessionIds } = saved.json<{ stopIds: string[]; sessionIds: string[] }>();
    expect([stopIds.length, sessionIds.length]).toEqual([10, 10]);
    const whole = (await w.as(`/tours/${tour}`)).json<{
      teams: Array<{ home: string }>;
      stops: Array<{
        localDate: string;
        city: { slug: string };
        sessions: Array<{ units: unknown[]; venue: unknown }>;
      }>;
    }>();
    expect(whole.teams.map(({ home }) => home)).toEqual(['tanger', 'tetouan']);
    const planned = plan.teams.flatMap(({ stops }) =>
      stops.map(({ city, localDate }) => `${city.slug} ${localDate}`),
    );
    expect(whole.stops.map(({ city, localDate }) => `${city.slug} ${localDate}`).sort()).toEqual(
      planned.sort(),
    );
    expect(whole.stops.every(({ sessions }) => sessions[0]?.units.length === 2)).toBe(true);
    expect(await audited('tours.plan.save', plan.id)).toEqual([{ stops: 10, sessions: 10 }]);
    const again = await w.as(`/plans/${plan.id}/save`, { body });
    expect([again.statusCode, again.json<{ type: string }>().type]).toEqual([
      409,
      expect.stringContaining('plan-saved'),
    ]);
    expect((await w.as(`/plans/${plan.id}`)).json<Plan>()).toMatchObject({
      state: 'saved',
      faults: [],
      minutes: 1035,
    });
  }, 60_000);

  it('leave out the days on which a trainer is elsewhere, and public holidays', async () => {
    // The trainers of the demo are in rooms on 12, 13, 15, 18 and 19 January; 11 and 14 are holidays.
    const tour = await makeTour();
    const plan = await found(tour, {
      ...{ from: '2027-01-11', to: '2027-01-20' },
      stops: [{ city: 'tanger' }, { city: 'larache' }],
    });
    const days = plan.teams.flatMap(({ stops }) => stops.map(({ localDate }) => localDate));
    expect(days).toHaveLength(2);
    for (const day of days) expect(['2027-01-20', '2027-01-19']).toContain(day);
    const { statusCode } = await w.as(`/plans/${plan.id}/save`, {
      body: { revision: plan.revision, sessions: SESSIONS },
    });
    expect(statusCode).toBe(201);
  });

  it('name the stop that has no place, and why', async () => {
    const tour = await makeTour();
    const plan = await found(tour, { from: '2027-06-07', to: '2027-06-08', stops: TEN });
    expect(plan.unplaced.length).toBeGreaterThan(0);
    expect(plan.unplaced[0]).toMatchObject({ code: 'too-much' });
    expect(plan.unplaced[0]?.detail).toContain('il faut 20 demi-journées en tout et les équipes en ont 8');
    const far = await found(tour, { ...DATES, stops: [{ city: 'targuist' }] });
    expect(far.unplaced).toMatchObject([{ code: 'no-road', stop: '0' }]);
  });

  it('are put right by hand, say what cannot be, and are not saved until it can', async () => {
    const tour = await makeTour();
    const plan = await found(tour, {
      from: '2027-06-07',
      to: '2027-06-11',
      stops: [{ city: 'tanger' }, { city: 'al-hoceima' }],
    });
    const [team] = plan.teams;
    const at = (localDate: string) =>
      ['0', '1'].map((stop) => ({ stop, teamId: team?.id, localDate, half: 0 }));
    const adjust = (revision: number, placements: unknown) =>
      w.as(`/plans/${plan.id}`, { method: 'PATCH', body: { revision, placements } });
    const clash = (await adjust(plan.revision, at('2027-06-07'))).json<Plan>();
    expect(clash.faults).toMatchObject([{ code: 'overlap' }]);
    expect((await adjust(plan.revision, [])).statusCode).toBe(409);
    const refused = await w.as(`/plans/${plan.id}/save`, { body: { revision: clash.revision } });
    expect([refused.statusCode, refused.json<{ type: string }>().type]).toEqual([
      409,
      expect.stringContaining('plan-faulty'),
    ]);
    const sunday = (await adjust(clash.revision, at('2027-06-13').slice(0, 1))).json<Plan>();
    expect(sunday.faults).toMatchObject([{ code: 'not-a-start' }]);
    expect(sunday.unplaced).toMatchObject([{ stop: '1', code: 'taken-out' }]);
    const wrong = await adjust(sunday.revision, [
      { stop: '7', teamId: team?.id, localDate: '2027-06-07', half: 0 },
    ]);
    expect([wrong.statusCode, codesOf(wrong.json())]).toEqual([422, ['/placements/0/stop not-a-choice']]);
    const good = (await adjust(sunday.revision, at('2027-06-09').slice(0, 1))).json<Plan>();
    expect(good.faults).toEqual([]);
    const saved = await w.as(`/plans/${plan.id}/save`, { body: { revision: good.revision } });
    expect(saved.json()).toMatchObject({ sessionIds: [] });
  });

  it('are saved once, however many ask at the same moment', async () => {
    const tour = await makeTour();
    const plan = await found(tour, {
      from: '2027-03-15',
      to: '2027-03-19',
      stops: [{ city: 'tanger' }, { city: 'larache' }],
    });
    const body = { revision: plan.revision, sessions: SESSIONS };
    const all = await Promise.all(Array.from({ length: 8 }, () => w.as(`/plans/${plan.id}/save`, { body })));
    expect(all.map(({ statusCode }) => statusCode).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
    const { stops } = (await w.as(`/tours/${tour}`)).json<{ stops: unknown[] }>();
    expect(stops).toHaveLength(2);
  });

  it('tell every clash of what is saved together, and none of it stands', async () => {
    const [first, second] = [await makeTour(), await makeTour()];
    const wanted = { from: '2027-04-05', to: '2027-04-06', stops: [{ city: 'tanger' }, { city: 'tetouan' }] };
    const [a, b] = [await found(first, wanted), await found(second, wanted)];
    const save = (plan: Plan) =>
      w.as(`/plans/${plan.id}/save`, { body: { revision: plan.revision, sessions: SESSIONS } });
    expect((await save(a)).statusCode).toBe(201);
    const late = await save(b);
    expect([late.statusCode, late.json<{ type: string }>().type]).toEqual([
      409,
      expect.stringContaining('plan-faulty'),
    ]);
    expect((await w.as(`/tours/${second}`)).json<{ stops: unknown[] }>().stops).toEqual([]);
  });

  it('ask a reason for what is unusual', async () => {
    const tour = await makeTour();
    const plan = await found(tour, {
      from: '2027-05-01',
      to: '2027-05-01',
      weekdays: [6],
      holidays: true,
      stops: [{ city: 'tanger' }],
    });
    const save = (sessions: object) =>
      w.as(`/plans/${plan.id}/save`, { body: { revision: plan.revision, sessions } });
    const asked = await save(SESSIONS);
    expect([asked.statusCode, asked.json<{ soft: unknown[] }>().soft]).toMatchObject([
      409,
      [{ code: 'public-holiday' }],
    ]);
    expect((await save({ ...SESSIONS, reasons: { 'public-holiday': 'Foire du 1er mai' } })).statusCode).toBe(
      201,
    );
  });

  it('are made of a pool of trainers', async () => {
    const tour = await makeTour([], {
      pool: { trainerIds: [TRAINER_A, TRAINER_B], size: 1, home: 'larache' },
    });
    const { teams } = (await w.as(`/tours/${tour}`)).json<{
      teams: Array<{ name: string; home: string; trainers: unknown[] }>;
    }>();
    expect(teams).toMatchObject([
      { name: '1', home: 'larache', trainers: [{ id: TRAINER_A }] },
      { name: '2', home: 'larache', trainers: [{ id: TRAINER_B }] },
    ]);
  });

  it('refuse what is wrong, by its field', async () => {
    const post = async (body: object) => {
      const answer = await w.as('/campaigns/caravane-2027/tours', {
        body: { name: NAME, teams: TEAMS, ...body },
      });
      return [answer.statusCode, ...codesOf(answer.json())];
    };
    expect(await post({ teams: [] })).toEqual([422, '/teams required']);
    expect(await post({ name: { fr: ' ', ar: 'ج' } })).toEqual([422, '/name/fr required']);
    expect(await post({ teams: [{ ...TEAMS[0], home: 'paris' }] })).toEqual([
      422,
      '/teams/0/home city-unknown',
    ]);
    expect(await post({ teams: [TEAMS[0], { ...TEAMS[0], name: 'C' }] })).toEqual([
      422,
      '/teams/1/trainerIds repeated',
    ]);
    expect(await post({ pool: { trainerIds: [TRAINER_A], size: 2 } })).toEqual([
      422,
      '/pool/trainerIds pool-too-small',
    ]);
    const tour = await makeTour();
    const ask = async (body: object) => {
      const answer = await w.as(`/tours/${tour}/plans`, { body: { ...DATES, stops: TEN, ...body } });
      return [answer.statusCode, ...codesOf(answer.json())];
    };
    expect(await ask({ to: '2027-02-01' })).toEqual([422, '/to before-first-day']);
    expect(await ask({ to: '2027-12-31' })).toEqual([422, '/to too-many-days']);
    expect(await ask({ from: '2027-03-06', to: '2027-03-07' })).toEqual([422, '/to no-working-day']);
    expect(await ask({ from: 'demain' })).toEqual([422, '/from not-a-date']);
    expect(await ask({ stops: [] })).toEqual([422, '/stops required']);
    expect(await ask({ stops: [{ city: 'paris' }] })).toEqual([422, '/stops/0/city city-unknown']);
  });

  it('are nobody else’s', async () => {
    const { tour: others } = await createElsewhere(w, 'larache', '2027-03-02');
    const plan = await found(await makeTour(), { ...DATES, stops: [{ city: 'tanger' }] });
    const stranger = { token: w.tokens.stranger };
    for (const [path, options] of [
      ['/campaigns/caravane-2027/tours', { body: { name: NAME, teams: [] } }],
      [`/plans/${plan.id}`, {}],
      [`/plans/${plan.id}`, { method: 'PATCH' as const, body: { revision: 1, placements: [] } }],
      [`/plans/${plan.id}/save`, { body: { revision: 1 } }],
    ] as const)
      expect([path, (await w.as(path, { ...options, ...stranger })).statusCode]).toEqual([path, 404]);
    const ours = await w.as(`/tours/${others}/plans`, { body: { ...DATES, stops: TEN } });
    expect(ours.statusCode).toBe(404);
  });
});
