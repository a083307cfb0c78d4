import { correction, mark, send } from '../attendance/events.js';
import { givenEnrolment, givenGround, givenSession, type GivenSession } from '../attendance/factories.js';
import { givenStaff } from '../support/actors.js';
import { handCount } from './hand-count.js';
import { type Agency, byKey, givenAgency, INDICATORS } from './world.js';

jest.setTimeout(60_000);

const GROUPINGS = [
  'city',
  'gender',
  'category',
  'city,gender,category',
  'province',
  'ageBand',
  'sector',
  'milieu',
  'city,ageBand',
  'sector,milieu,gender',
];

describe('the figures of apdn-2021', () => {
  let t: Agency;
  beforeAll(async () => (t = await givenAgency({ certificates: true })), 120_000);
  afterAll(() => t.close());

  it('are worth counting: every stage lost somebody, and nothing is empty', async () => {
    const { total } = await handCount(t, 'apdn-2021', ['city']);
    const { candidates, booked, attended, completed, certified } = total as Record<string, number>;
    expect([candidates, booked]).toEqual([300, 264]);
    const falling = [candidates, booked, attended, completed, certified, 100] as number[];
    expect(falling).toEqual([...new Set(falling)].sort((a, b) => b - a));
  });

  it.each(GROUPINGS)('are a hand count from the base tables, by %s', async (by) => {
    const names = by.split(',');
    const byHand = await handCount(t, 'apdn-2021', names);
    const { rows, total } = await t.figures(t.manager, by);
    expect(byKey(rows, names)).toEqual(byKey(byHand.rows, names));
    expect(total).toEqual(byHand.total);
    expect(rows.length).toBe(byHand.rows.length);
  });

  it.each(GROUPINGS)('are the same for the funder wherever they are told, by %s', async (by) => {
    const names = by.split(',');
    const exact = byKey((await handCount(t, 'apdn-2021', names)).rows, names);
    const { rows, total } = await t.figures(t.funder, by);
    expect(rows.length).toBe(exact.size);
    for (const [key, row] of byKey(rows, names)) {
      for (const name of INDICATORS) {
        const [people, truth] = [exact.get(key)?.[peopleBehind(name)] as number, exact.get(key)?.[name]];
        const shown = row[name];
        if (people >= 1 && people <= 4) expect([key, name, shown]).toEqual([key, name, '<5']);
        else expect([key, name, [truth, '*', '<5'].includes(shown as number)]).toEqual([key, name, true]);
      }
    }
    expect(total).toEqual((await handCount(t, 'apdn-2021', names)).total);
  });

  it('hide the same cells in whichever order the dimensions are named', async () => {
    const names = ['city', 'gender', 'category'];
    const { rows } = await t.figures(t.funder, 'city,gender,category');
    for (const by of ['category,gender,city', 'gender,city,category']) {
      expect(byKey((await t.figures(t.funder, by)).rows, names)).toEqual(byKey(rows, names));
    }
  });

  it('give no hidden figure away to whoever takes the told rows from the totals', async () => {
    const [cities, crossed] = [await t.figures(t.funder, 'city'), await t.figures(t.funder, 'city,category')];
    for (const name of INDICATORS) {
      for (const city of [undefined, ...new Set(crossed.rows.map((row) => row['city']))]) {
        const line = crossed.rows.filter((row) => city === undefined || row['city'] === city);
        const margin = city === undefined ? crossed.total : cities.rows.find((row) => row['city'] === city);
        const hidden = line.filter((row) => typeof row[name] === 'string').length;
        if (typeof margin?.[name] === 'number') expect([name, city, hidden]).not.toEqual([name, city, 1]);
        else expect([name, city, hidden]).not.toEqual([name, city, 0]);
      }
    }
  });

  it('are those of the funder for the auditor', async () => {
    const { rows, total } = await t.figures(t.auditor, 'city,gender');
    expect({ rows, total }).toEqual({ ...(await t.figures(t.funder, 'city,gender')), asOf: undefined });
  });
});

describe('a person', () => {
  let t: Agency;
  let token: string;
  let tetouan: GivenSession;
  beforeAll(async () => {
    t = await givenAgency({ certificates: false });
    t.clock.set('2027-01-15T09:00:00Z');
    const ground = await givenGround(t);
    tetouan = await givenSession(t, { ground });
    token = (await givenStaff(t, 'manager', { kind: 'campaign', id: ground.campaignId })).token;
  }, 60_000);
  afterAll(() => t.close());

  it('counts once in each row and once in the total, however many sessions they came to', async () => {
    const { ground } = tetouan;
    const again = await givenSession(t, { ground, date: '2027-01-18' });
    const mdiq = await givenSession(t, { ground, city: 'mdiq', date: '2027-01-16' });
    const one = await givenEnrolment(t, tetouan);
    const other = await givenEnrolment(t, tetouan);
    const oneAgain = await givenEnrolment(t, again, { personId: one.personId });
    const oneInMdiq = await givenEnrolment(t, mdiq, { personId: one.personId });
    await send(t, tetouan, [mark(one.id, 1), mark(one.id, 2), mark(other.id, 1)]);
    await send(t, again, [mark(oneAgain.id, 1)]);
    await send(t, mdiq, [mark(oneInMdiq.id, 2)]);
    const { rows, total } = await t.figures(token, 'city', ground.campaignId);
    expect(rows).toEqual([
      { city: 'mdiq', candidates: 1, booked: 1, attended: 1, attendeeHours: 2.5, completed: 1, certified: 0 },
      {
        ...{ city: 'tetouan', candidates: 2, booked: 2, attended: 2 },
        ...{ attendeeHours: 11.5, completed: 1, certified: 0 },
      },
    ]);
    expect(total).toEqual({
      ...{ candidates: 2, booked: 2, attended: 2, attendeeHours: 14, completed: 1, certified: 0 },
    });
    const slug = `c-${ground.campaignId}`;
    expect((await handCount(t, slug, ['city'])).total).toEqual(total);
    expect(byKey((await handCount(t, slug, ['city'])).rows, ['city'])).toEqual(byKey(rows, ['city']));
  });

  it('moves the figures with a correction of their attendance, there and back', async () => {
    const session = await givenSession(t);
    const { campaignId } = session.ground;
    const manager = (await givenStaff(t, 'manager', { kind: 'campaign', id: campaignId })).token;
    const people = [await givenEnrolment(t, session), await givenEnrolment(t, session)];
    const [one] = people as [{ id: string; personId: string }, unknown];
    const figures = async () => {
      const { total } = await t.figures(manager, 'gender', campaignId);
      expect(total).toEqual((await handCount(t, `c-${campaignId}`, ['gender'])).total);
      return [total['attended'], total['attendeeHours'], total['completed']];
    };
    await send(
      t,
      session,
      people.flatMap(({ id }) => [mark(id, 1), mark(id, 2)]),
    );
    expect(await figures()).toEqual([2, 11, 2]);
    const correct = async (unit: number, value: string, minute: number) => {
      t.clock.set(`2027-01-15T10:${minute}:00Z`);
      await send(t, session, [correction(one.id, unit, value, `2027-01-15T10:${minute}:00Z`)]);
    };
    await correct(2, 'absent', 10);
    expect(await figures()).toEqual([2, 8.5, 1]);
    await correct(1, 'absent', 20);
    expect(await figures()).toEqual([1, 5.5, 1]);
    await correct(1, 'partial', 30);
    await correct(2, 'present', 40);
    expect(await figures()).toEqual([2, 9.5, 2]);
  });
});

/** Whom a cell is about: hours are those of the people who came. */
function peopleBehind(name: string): string {
  return name === 'attendeeHours' ? 'attended' : name;
}
