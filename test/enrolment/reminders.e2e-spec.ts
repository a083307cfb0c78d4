import { SeatReminderService } from '../../src/enrolment/seat-reminder.service.js';
import { createToldWorld, type ToldWorld } from './support/told-world.js';
import type { TestPerson } from './support/world.js';

/** The sessions of this world begin at nine. */
const DAY = '2027-03-10';

describe('whoever has a seat is reminded', () => {
  let w: ToldWorld;
  beforeEach(async () => (w = await createToldWorld()), 60_000);
  afterEach(() => w.close());

  const remind = () => w.t.app.get(SeatReminderService).remindAll();
  const textsOf = async ({ id }: TestPerson): Promise<string[]> =>
    (
      await w.sql<{ template: string }>(
        `SELECT template FROM message WHERE person_id = $1 AND template LIKE '%remind%' ORDER BY created_at, id`,
        [id],
      )
    ).map(({ template }) => template.replace('enrolment:sms.remind.', ''));
  async function seat(): Promise<{ session: string; person: TestPerson }> {
    const session = await w.world.session({ date: DAY });
    const person = await w.world.person();
    await w.enrol(session, person);
    await w.tell();
    return { session, person };
  }

  it('three days, a day and two hours before, each once, in the hours in which a phone may ring', async () => {
    const { person } = await seat();
    const turns: Array<[string, string[]]> = [
      ['2027-03-07T08:59:00Z', []],
      ['2027-03-07T09:00:00Z', ['three-days']],
      ['2027-03-07T09:01:00Z', []],
      ['2027-03-08T23:00:00Z', []],
      ['2027-03-09T09:00:00Z', ['day']],
      ['2027-03-09T19:59:00Z', ['two-hours']],
      ['2027-03-10T08:00:00Z', []],
      ['2027-03-10T09:30:00Z', []],
    ];
    const told: string[] = [];
    for (const [at, more] of turns) {
      w.t.clock.set(at);
      await Promise.all([remind(), remind(), remind()]);
      told.push(...more);
      expect([at, await textsOf(person)]).toEqual([at, told]);
    }
  });

  it('and not who waits, gave the seat back, or took it after the time', async () => {
    const { session, person } = await seat();
    const other = await w.world.person();
    const id = await w.enrol(session, other);
    await w.t.api(`/enrolments/${id}/cancel`, { token: other.token, body: {} });
    w.t.clock.set('2027-03-07T09:30:00Z');
    const late = await w.world.person();
    await w.enrol(session, late);
    await w.tell();
    await remind();
    expect([await textsOf(person), await textsOf(other), await textsOf(late)]).toEqual([
      ['three-days'],
      [],
      [],
    ]);
    w.t.clock.set('2027-03-09T09:30:00Z');
    await remind();
    expect(await textsOf(late)).toEqual(['day']);
  });

  it('of the day it was moved to, and of nothing that is called off', async () => {
    const { session, person } = await seat();
    w.t.clock.set('2027-03-07T10:00:00Z');
    await remind();
    const token = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
    const moved = await w.as(`/sessions/${session}`, {
      method: 'PATCH',
      token,
      body: { localDate: '2027-03-11' },
    });
    expect(moved.statusCode).toBe(200);
    await w.tell();
    await remind();
    expect(await textsOf(person)).toEqual(['three-days']);
    w.t.clock.set('2027-03-08T09:00:00Z');
    await remind();
    expect(await textsOf(person)).toEqual(['three-days', 'three-days']);
    const again = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
    await w.as(`/sessions/${session}/cancel`, { token: again, body: { reason: 'salle fermée' } });
    await w.tell();
    w.t.clock.set('2027-03-10T10:00:00Z');
    await remind();
    expect(await textsOf(person)).toEqual(['three-days', 'three-days']);
  });

  it('no more by what still waits when the session is called off', async () => {
    const { session, person } = await seat();
    w.t.clock.set('2027-03-07T09:00:00Z');
    expect(await remind()).toBe(1);
    const token = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
    await w.as(`/sessions/${session}/cancel`, { token, body: { reason: 'Neige' } });
    await w.tell();
    const states = await w.sql<{ state: string; error: string }>(
      `SELECT state, error FROM message WHERE person_id = $1 AND template LIKE '%remind%'`,
      [person.id],
    );
    expect(states).toEqual([{ state: 'failed', error: 'stale' }]);
    expect(w.texts.get(await w.numberOf(person))?.at(-1)).toContain('annulée');
    expect(w.texts.get(await w.numberOf(person))?.join(' ')).not.toContain('Vous venez');
  });

  it('once only after days without a worker, with what is still true', async () => {
    const { person } = await seat();
    w.t.clock.set('2027-03-09T15:00:00Z');
    expect(await remind()).toBe(1);
    expect(await textsOf(person)).toEqual(['day']);
  });

  describe('or called', () => {
    const LINK = /\/((?:ar|fr|en)\/r\/[0-9a-z]{12})/;
    const at = async (instant: string): Promise<void> => {
      w.t.clock.set(instant);
      await Promise.all([remind(), remind(), remind()]);
      await w.sql(`UPDATE job SET run_after = now() WHERE state = 'queued'`);
      await w.t.runJobs();
    };
    const calls = async (session: string) => {
      const token = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
      const answer = await w.as(`/sessions/${session}/calls?show=all`, { token });
      return answer.json<{ items: Array<{ why: string; say: string }> }>().items;
    };

    it('once in place of all reminders, where no number takes an SMS', async () => {
      const { session, person } = await seat();
      await w.landline(person);
      await at('2027-03-07T09:00:00Z');
      expect(await calls(session)).toEqual([
        expect.objectContaining({ why: 'no-sms', say: expect.stringContaining('Viendrez-vous ?') }),
      ]);
      for (const later of ['2027-03-07T09:01:00Z', '2027-03-09T09:00:00Z', '2027-03-09T19:59:00Z'])
        await at(later);
      expect(await calls(session)).toHaveLength(1);
      expect(await textsOf(person)).toEqual([]);
    });

    it('not about a day on which they were never asked', async () => {
      const { session } = await seat();
      await at('2027-03-07T09:00:00Z');
      w.t.clock.set('2027-03-08T10:00:00Z');
      const token = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
      await w.as(`/sessions/${session}`, { method: 'PATCH', token, body: { localDate: '2027-03-09' } });
      await w.tell();
      await at('2027-03-08T19:59:00Z');
      expect(await calls(session)).toEqual([]);
    });

    it('the day before, when they were asked and have not said whether they come; who answers is not', async () => {
      const session = await w.world.session({ date: DAY });
      const people = await w.world.persons(4);
      for (const person of people) await w.enrol(session, person);
      await w.tell();
      await at('2027-03-07T09:00:00Z');
      const answer = async (person: TestPerson, given: string) => {
        const texts = w.texts.get(await w.numberOf(person)) ?? [];
        const url = `/${LINK.exec(texts.findLast((one) => LINK.test(one)) ?? '')?.[1] ?? ''}`;
        const done = await w.t.inject({
          ...{ method: 'POST', url, payload: `answer=${given}` },
          headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
        });
        expect(done.statusCode).toBeLessThan(400);
      };
      const [early, late, leaving, silent] = people as [TestPerson, TestPerson, TestPerson, TestPerson];
      await answer(early, 'yes');
      expect(await calls(session)).toEqual([]);
      await at('2027-03-09T09:00:00Z');
      await at('2027-03-09T09:05:00Z');
      expect((await calls(session)).map(({ why }) => why)).toEqual(Array(3).fill('unanswered'));
      await answer(late, 'yes');
      await answer(leaving, 'surely-no');
      await w.tell();
      await at('2027-03-09T19:59:00Z');
      expect(await calls(session)).toHaveLength(1);
      const [line] = await w.sql<{ id: string }>(
        `SELECT person_id AS id FROM call_line WHERE replaced_at IS NULL AND list_id = $1`,
        [session],
      );
      expect(line?.id).toBe(silent.id);
    });
  });
});
