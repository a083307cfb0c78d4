import { newId } from '../../src/shared/new-id.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type TestPerson, World } from './support/world.js';

describe('enrolling by the API', () => {
  let t: TestApp;
  let world: World;
  let session: string;
  let person: TestPerson;
  beforeAll(async () => {
    t = await createTestApp();
    world = await World.in(t);
  }, 60_000);
  afterAll(() => t.close());
  beforeEach(async () => {
    t.clock.set('2027-01-15T09:00:00Z');
    session = await world.session();
    person = await world.person();
  });

  const enrol = async (
    id: string,
    token?: string,
    body: unknown = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await t.api(`/sessions/${id}/enrolments`, { token, body });
    return { status: answer.statusCode, body: answer.json() };
  };

  it('answers what the contract says, and shows it on one’s list in one’s language', async () => {
    const { status, body } = await enrol(session, person.token);
    expect([status, body]).toEqual([201, { id: expect.any(String), status: 'booked' }]);
    const list = await t.api('/me/enrolments?lang=ar', { token: person.token });
    expect(list.json()).toMatchObject({
      items: [
        {
          id: body['id'],
          status: 'booked',
          session: {
            id: session,
            city: { slug: 'tetouan', name: 'تطوان' },
            localDate: '2027-03-10',
            localStart: '09:00',
            seatsLeft: 29,
          },
        },
      ],
      next: null,
    });
    expect((list.json() as { items: object[] }).items[0]).not.toHaveProperty('position');
  });

  it('takes an empty body, repeats its answer under an Idempotency-Key, and pages', async () => {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': newId(),
      authorization: `Bearer ${person.token}`,
    };
    const ask = () =>
      t.inject({ method: 'POST', url: `/api/v1/sessions/${session}/enrolments`, headers, payload: '' });
    const [first, second] = [await ask(), await ask()];
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.json()).toEqual(first.json());
    await enrol(await world.session({ date: '2027-03-11' }), person.token);
    const page = (await t.api('/me/enrolments?limit=1', { token: person.token })).json();
    const next = (await t.api(`/me/enrolments?limit=1&cursor=${page.next}`, { token: person.token })).json();
    expect([page.items.length, next.items[0].id, next.next]).toEqual([1, first.json().id, null]);
  });

  it('needs no body at all', async () => {
    const headers = { authorization: `Bearer ${person.token}` };
    const booked = await t.inject({ method: 'POST', url: `/api/v1/sessions/${session}/enrolments`, headers });
    expect(booked.statusCode).toBe(201);
    const url = `/api/v1/enrolments/${booked.json().id}/cancel`;
    expect((await t.inject({ method: 'POST', url, headers })).json()).toMatchObject({ status: 'cancelled' });
  });

  it('copies the person as they are now', async () => {
    const { body } = await enrol(session, person.token);
    await t.db.manager.query(`UPDATE person SET category = 'commercant', birth_year = 1970 WHERE id = $1`, [
      person.id,
    ]);
    const rows = await t.db.manager.query(
      `SELECT e.gender, e.birth_year, e.category, e.sector, e.enrolled_by, p.category AS counted, p.booked, p.city_slug
         FROM enrolment e JOIN participation p USING (person_id, session_id) WHERE e.id = $1`,
      [body['id']],
    );
    expect(rows).toEqual([
      {
        gender: 'female',
        birth_year: 1990,
        category: 'artisan',
        sector: 'tapis',
        enrolled_by: null,
        counted: 'artisan',
        booked: true,
        city_slug: 'tetouan',
      },
    ]);
  });

  it('refuses with a reason what cannot be', async () => {
    const codes: Array<[string, unknown]> = [];
    const refused = async (id: string, token: string): Promise<void> => {
      const { status, body } = await enrol(id, token);
      codes.push([`${status} ${String(body['code'])}`, body['type']]);
    };
    await refused(await world.session({ status: 'cancelled' }), person.token);
    await refused(await world.session({ status: 'closed' }), person.token);
    await refused(await world.session({ date: '2027-01-15' }), person.token);
    await refused(session, (await world.person({ consent: false })).token);
    await refused(session, (await world.person({ status: 'pending' })).token);
    await refused(session, (await world.person({ picked: false })).token);
    expect(codes).toEqual(
      [
        '409 enrolment-session-cancelled',
        '409 enrolment-session-closed',
        '409 enrolment-session-started',
        '409 training-consent-missing',
        '409 person-not-active',
        '403 person-not-picked',
      ].map((code) => [code, `/problems/${code.slice(4)}`]),
    );
  });

  it('opens and closes to the second, and says when', async () => {
    const other = await World.in(t, '2027-02-01T09:00:00Z', '2027-02-02T09:00:00Z');
    const later = await other.session();
    const times = { opensAt: '2027-02-01T09:00:00.000Z', closesAt: '2027-02-02T09:00:00.000Z' };
    const at = async (now: string): Promise<{ status: number; body: Record<string, unknown> }> => {
      t.clock.set(now);
      return enrol(later, (await other.person()).token);
    };
    expect(await at('2027-02-01T08:59:59.999Z')).toMatchObject({
      status: 409,
      body: { code: 'enrolment-not-open', ...times },
    });
    expect((await at('2027-02-01T09:00:00Z')).status).toBe(201);
    expect((await at('2027-02-02T08:59:59.999Z')).status).toBe(201);
    expect(await at('2027-02-02T09:00:00Z')).toMatchObject({
      status: 409,
      body: { code: 'enrolment-not-open', ...times },
    });
  });

  it('answers for somebody else’s as for nobody’s', async () => {
    const stranger = await world.person();
    const { body } = await enrol(session, person.token);
    const gone = newId();
    for (const verb of ['cancel', 'accept', 'decline']) {
      for (const id of [body['id'], gone, 'no-id', '%00', "1' OR '1'='1"]) {
        const answer = await t.api(`/enrolments/${encodeURIComponent(String(id))}/${verb}`, {
          token: stranger.token,
          body: {},
        });
        expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found']);
      }
    }
    for (const id of [gone, 'no-id', '0']) expect((await enrol(id, person.token)).status).toBe(404);
    expect((await enrol(session, stranger.token, { personId: person.id })).status).toBe(404);
    expect((await enrol(session, person.token, { personId: person.id })).status).toBe(409);
  });

  it('lets the desk of the campaign enrol, cancel and answer for people, and writes it down', async () => {
    const manager = await world.staff('manager', 'organisation', world.organisationId);
    const booked = await enrol(session, manager, { personId: person.id });
    expect(booked).toMatchObject({ status: 201, body: { status: 'booked' } });
    expect((await enrol(session, manager)).body).toMatchObject({
      errors: [{ pointer: '/personId', code: 'required' }],
    });
    expect((await enrol(session, manager, { personId: newId() })).status).toBe(404);
    const id = String(booked.body['id']);
    for (const _ of [1, 2])
      expect((await t.api(`/enrolments/${id}/cancel`, { token: manager, body: {} })).json()).toEqual({
        id,
        status: 'cancelled',
      });
    const audit = await t.db.manager.query(
      `SELECT action, actor_kind, organisation_id FROM audit_event WHERE subject_id = $1 ORDER BY seq`,
      [id],
    );
    expect(audit).toEqual(
      ['enrolment.enrol', 'enrolment.cancel'].map((action) => ({
        action,
        actor_kind: 'staff',
        organisation_id: world.organisationId,
      })),
    );
  });

  it('keeps other staff out', async () => {
    const { body } = await enrol(session, person.token);
    const strangers = await Promise.all([
      world.staff('manager', 'organisation', world.otherOrganisationId),
      world.staff('coordinator', 'campaign', newId()),
      world.staff('trainer', 'campaign', world.campaignId),
      world.staff('funder', 'organisation', world.organisationId),
    ]);
    for (const token of strangers) {
      expect((await enrol(session, token, { personId: (await world.person()).id })).status).toBe(403);
      expect((await t.api(`/enrolments/${String(body['id'])}/cancel`, { token, body: {} })).statusCode).toBe(
        404,
      );
      expect((await t.api('/me/enrolments', { token })).statusCode).toBe(403);
    }
  });

  it('refuses what is malformed, each with its status', async () => {
    const url = `/api/v1/sessions/${session}/enrolments`;
    const send = async (payload: string, type: string, token = person.token): Promise<number> =>
      (
        await t.inject({
          method: 'POST',
          url,
          headers: { authorization: `Bearer ${token}`, 'content-type': type },
          payload,
        })
      ).statusCode;
    expect(await send('{"personId":', 'application/json')).toBe(400);
    expect(await send('<a/>', 'application/xml')).toBe(415);
    expect(await send(JSON.stringify({ personId: 'x'.repeat(3_000_000) }), 'application/json')).toBe(413);
    expect(await send('{}', 'application/json', 'a'.repeat(43))).toBe(401);
    for (const body of [
      { personId: 'x' },
      { personId: 7 },
      { personId: ['a'] },
      { seats: 3 },
      { personId: '<b>🙂' },
    ]) {
      expect((await enrol(session, person.token, body)).status).toBe(422);
    }
    const { body } = await enrol(session, person.token);
    const extra = await t.api(`/enrolments/${String(body['id'])}/cancel`, {
      token: person.token,
      body: { why: 'x' },
    });
    expect(extra.json()).toMatchObject({ status: 422, errors: [{ pointer: '/why', code: 'unknown-field' }] });
    expect((await t.api('/me/enrolments?cursor=zzz', { token: person.token })).statusCode).toBe(422);
    expect((await t.api('/me/enrolments?limit=0', { token: person.token })).statusCode).toBe(422);
    expect(await world.counters(session)).toMatchObject({ booked: 1 });
  });
});
