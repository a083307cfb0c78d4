import { Csrf } from '../../src/shared/access/csrf.js';
import { createToldWorld, json, PRICE, type Told, type ToldWorld } from './support/told-world.js';
import { type TestPerson, upTo } from './support/world.js';

interface Line {
  enrolmentId: string;
  personId: string;
  from: string;
  to: string | null;
  why: string | null;
}
interface Moves {
  plan: string;
  counts: { booked: number; offered: number; waiting: number; stays: number };
  lines: Line[];
  told: Omit<Told, 'revision'>;
}

describe('people are moved to another session', () => {
  let w: ToldWorld;
  let day = 0;
  beforeAll(async () => (w = await createToldWorld()), 60_000);
  afterAll(() => w.close());

  /** A session on a day of its own. */
  const room = (capacity: number, more: object = {}): Promise<string> => {
    day += 1;
    const date = new Date(Date.UTC(2027, 3, day)).toISOString().slice(0, 10);
    return w.world.session({ capacity, date, ...more });
  };
  async function filled(
    capacity: number,
    people: number,
  ): Promise<{ session: string; people: TestPerson[] }> {
    const session = await room(capacity);
    const all = await w.world.persons(people);
    for (const person of all) await w.enrol(session, person);
    await w.tell();
    return { session, people: all };
  }
  const ask = (from: string, body: object, path = '') => w.as(`/sessions/${from}/moves${path}`, { body });
  const preview = async (from: string, body: object) => json<Moves>(await ask(from, body, '/preview'));
  /** Counters are what the rows say, and nobody sits in two rooms. */
  async function expectWhole(...sessions: string[]): Promise<void> {
    for (const session of sessions) {
      const { booked, offered, waiting } = await w.world.counters(session);
      const rows = await w.world.rows(session);
      expect([booked, offered, waiting]).toEqual([
        rows['booked'] ?? 0,
        rows['offered'] ?? 0,
        rows['waiting'] ?? 0,
      ]);
      const counted = await w.sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM participation WHERE session_id = $1 AND booked`,
        [session],
      );
      expect(counted).toEqual([{ n: booked }]);
    }
  }

  it('a seat for a seat, an offer for those who wait, and what is freed goes to the queue; as was shown', async () => {
    const { session: from, people } = await filled(2, 4);
    const to = await room(3);
    const [first] = people;
    const seen = await preview(from, { to });
    expect(seen.lines.map(({ from: was, to: becomes, why }) => [was, becomes, why])).toEqual([
      ['booked', 'booked', null],
      ['booked', 'booked', null],
      ['waiting', 'offered', null],
      ['waiting', null, 'full'],
    ]);
    expect(seen.counts).toEqual({ booked: 2, offered: 1, waiting: 0, stays: 1 });
    // The last is offered a seat here, where two are free now.
    expect(seen.told).toMatchObject({
      people: 4,
      booked: 2,
      offered: 2,
      centimes: seen.told.segments * PRICE,
    });
    await expectWhole(from, to);
    expect(await w.world.rows(to)).toEqual({});

    const done = await ask(from, { to, plan: seen.plan });
    expect(done.statusCode).toBe(200);
    await expectWhole(from, to);
    expect(await w.world.rows(from)).toEqual({ cancelled: 3, offered: 1 });
    expect(await w.world.rows(to)).toEqual({ booked: 2, offered: 1 });
    await w.tell();
    const texts = w.texts.get(await w.numberOf(first!)) ?? [];
    expect(texts.at(-1)).toContain('nouvelle place. Tétouan : ');
    expect(texts.join(' ')).not.toContain('vous ne venez pas');

    const mine = json<{ items: Array<{ status: string; session: { id: string } }> }>(
      await w.t.api('/me/enrolments', { token: first!.token }),
    );
    expect(mine.items.map(({ status, session }) => [status, session.id])).toEqual([
      ['booked', to],
      ['cancelled', from],
    ]);
    const page = await w.t.inject({
      url: '/fr/my/sessions',
      headers: { accept: 'text/html' },
      cookies: { qafila: first!.token },
    });
    expect(page.body).toContain('est devenue une place dans une autre séance');
    const audited = await w.sql<{ action: string; facts: { people: string[] } }>(
      `SELECT action, facts FROM audit_event WHERE subject_id = $1 AND action = 'enrolment.move'`,
      [from],
    );
    expect(audited[0]?.facts.people).toHaveLength(3);
  });

  it('leaves whoever is there already, or sits elsewhere at that time; a choice of people is kept to', async () => {
    const { session: from, people } = await filled(5, 4);
    const to = await room(5);
    const [there, elsewhere, chosen, other] = people as [TestPerson, TestPerson, TestPerson, TestPerson];
    await w.enrol(to, there);
    const { startsOn } = (
      await w.sql<{ startsOn: string }>(
        `SELECT to_char(lower(during) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "startsOn" FROM session WHERE id = $1`,
        [to],
      )
    )[0]!;
    await w.enrol(await w.world.session({ date: startsOn, capacity: 3 }), elsewhere);
    const seen = await preview(from, { to });
    const why = new Map(seen.lines.map((line) => [line.personId, line.why ?? line.to]));
    expect([there, elsewhere, chosen, other].map(({ id }) => why.get(id))).toEqual([
      ...['already-enrolled', 'overlapping-seat', 'booked', 'booked'],
    ]);
    const one = seen.lines.find(({ personId }) => personId === chosen.id)?.enrolmentId;
    const done = await ask(from, { to, enrolmentIds: [one] });
    expect(json<Moves>(done).counts).toEqual({ booked: 1, offered: 0, waiting: 0, stays: 0 });
    expect(await w.world.rows(from)).toEqual({ booked: 3, cancelled: 1 });
    // Who was moved is here no more: the same again moves nobody.
    expect(json<Moves>(await ask(from, { to, enrolmentIds: [one] })).lines).toEqual([]);
    await expectWhole(from, to);
  });

  it('into the same last seats at once: never one too many, and everybody has exactly one', async () => {
    const [one, two] = [await filled(6, 6), await filled(6, 6)];
    const to = await room(7);
    const more = await w.world.persons(4);
    const answers = await Promise.all([
      ask(one.session, { to }),
      ask(two.session, { to }),
      ask(one.session, { to }),
      ...more.map(({ token }) => w.t.api(`/sessions/${to}/enrolments`, { token, body: {} })),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 201, 201, 201, 201]);
    expect((await w.world.counters(to)).booked).toBe(7);
    await expectWhole(to, one.session, two.session);
    for (const { id } of [...one.people, ...two.people]) {
      const [row] = await w.sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM enrolment WHERE person_id = $1 AND status = 'booked'`,
        [id],
      );
      expect(row).toEqual({ n: 1 });
    }
  });

  it('of a session that is called off, all: seats first, then the queue without a hole', async () => {
    const { session: from } = await filled(3, 5);
    const { session: to } = await filled(4, 2);
    const cancelled = await w.as(`/sessions/${from}/cancel`, { body: { reason: 'Neige' } });
    expect(cancelled.statusCode).toBe(200);
    await w.tell();
    const done = json<Moves>(await ask(from, { to, whenFull: 'wait' }));
    expect(done.counts).toEqual({ booked: 2, offered: 0, waiting: 3, stays: 0 });
    expect(await w.world.rows(from)).toEqual({ cancelled: 5 });
    expect(await w.world.waitingNumbers(to)).toEqual(upTo(3));
    await expectWhole(to);
  });

  it('whose number takes no SMS: they are called about the new seat, and about the old one no more', async () => {
    const { session: from, people } = await filled(1, 1);
    const to = await room(2);
    await w.landline(people[0]!);
    await w.as(`/sessions/${from}/cancel`, { body: { reason: 'Neige' } });
    await w.tell();
    const calls = async (session: string) =>
      json<{ items: Array<{ say: string }> }>(await w.as(`/sessions/${session}/calls`)).items;
    expect(await calls(from)).toHaveLength(1);
    w.t.clock.advance(60_000);
    await ask(from, { to });
    await w.tell();
    expect(await calls(from)).toEqual([]);
    expect((await calls(to)).map(({ say }) => say)).toEqual([
      expect.stringContaining('Votre place est maintenant'),
    ]);
  });

  it('is refused with what is wrong, and for those who handle none of it', async () => {
    const { session: from } = await filled(2, 2);
    const [to, over] = [await room(1), await w.world.session({ date: '2026-11-02' })];
    const { plan } = await preview(from, { to });
    await w.enrol(to, await w.world.person());
    const type = async (body: object) => {
      const answer = await ask(from, body);
      return [answer.statusCode, json<{ type: string }>(answer).type.split(/[:/]/).at(-1)];
    };
    expect(await type({ to, plan })).toEqual([409, 'move-changed']);
    expect(await type({ to: from })).toEqual([409, 'same-session']);
    expect(await type({ to: over })).toEqual([409, 'enrolment-session-started']);
    expect(await type({ to: await room(2, { status: 'cancelled' }) })).toEqual([
      409,
      'enrolment-session-cancelled',
    ]);
    expect(await w.world.rows(from)).toEqual({ booked: 2 });
    for (const body of [
      {},
      { to: 'x' },
      { to, statuses: ['declined'] },
      { to, enrolmentIds: [[]] },
      { to: over.replace(/^.{8}/, 'ffffffff') },
    ])
      expect([400, 422]).toContain((await ask(from, body)).statusCode);
    const elsewhere = await w.world.staff('manager', 'organisation', w.world.otherOrganisationId);
    const auditor = await w.world.staff('auditor', 'campaign', w.world.campaignId);
    for (const path of ['', '/preview']) {
      const url = `/sessions/${from}/moves${path}`;
      expect((await w.as(url, { token: elsewhere, body: { to } })).statusCode).toBe(404);
      expect((await w.as(url, { token: auditor, body: { to } })).statusCode).toBe(403);
    }
  });

  it('without script: chosen, looked at, confirmed; an older look is shown again', async () => {
    const { session: from, people } = await filled(3, 3);
    const to = await room(2);
    const url = `/fr/staff/sessions/${from}/move`;
    const open = await w.t.inject({ url, headers: { accept: 'text/html' }, cookies: { qafila: w.desk } });
    expect(open.body).toContain('Fatima Alami');
    expect(open.body).toContain(`value="${to}"`);
    const send = (fields: Array<[string, string]>) =>
      w.t.inject({
        ...{ method: 'POST', url, cookies: { qafila: w.desk } },
        headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams([...fields, ['_csrf', w.t.app.get(Csrf).tokenFor(w.desk)]]).toString(),
      });
    const empty = await send([['who', 'some']]);
    expect([empty.statusCode, empty.body]).toEqual([
      422,
      expect.stringContaining('Cochez au moins une personne'),
    ]);
    const look = await send([
      ['to', to],
      ['who', 'booked'],
      ['whenFull', 'stay'],
    ]);
    expect(look.body).toContain('plus de place');
    const hidden = (page: string): Array<[string, string]> =>
      [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)]
        .map((found): [string, string] => [found[1] ?? '', found[2] ?? ''])
        .filter(([name]) => name !== '_csrf');
    await w.enrol(to, await w.world.person());
    const stale = await send(hidden(look.body));
    expect([stale.statusCode, stale.body]).toEqual([409, expect.stringContaining('entre-temps')]);
    expect((await w.world.rows(from))['booked']).toBe(3);
    const done = await send(hidden(stale.body));
    expect([done.statusCode, done.headers.location]).toEqual([303, `/fr/staff/sessions/${to}/concerned`]);
    expect(await w.world.rows(to)).toEqual({ booked: 2 });
    expect(people).toHaveLength(3);
  });
});
