import { newId } from '../../src/shared/new-id.js';
import { givenPerson } from '../support/actors.js';
import { addStop, createWorld, sessionBody, type World } from '../tours/world.js';

interface Session {
  id: string;
  capacity: number;
  booked: number;
  waiting: number;
  seatsLeft: number;
  plan: { overbookPercent: number; reasons: Record<string, string> };
}

const HOURS = [{ localStart: '09:00', localEnd: '12:00' }];
const REASON = { overbooked: 'Un inscrit sur quatre ne vient pas' };
const CONSENT = `
  INSERT INTO consent (id, person_id, purpose, text_version, language, channel, asked_at, in_force_at)
  VALUES ($1, $2, 'training', '1', 'fr', 'form', $3, $3)`;

describe('a session that is over-booked', () => {
  let w: World;
  beforeAll(async () => (w = await createWorld()), 60_000);
  afterAll(() => w.close());

  const make = (stop: string, more: object) =>
    w.as(`/stops/${stop}/sessions`, { body: sessionBody(HOURS, { capacity: 10, ...more }) });
  const change = (id: string, body: object) => w.as(`/sessions/${id}`, { method: 'PATCH', body });
  const read = async (id: string) => (await w.as(`/sessions/${id}`)).json<Session>();
  const someone = async (): Promise<string> => {
    const { id, token } = await givenPerson(w);
    await w.db.write('test.consent', CONSENT, [newId(), id, w.clock.now()]);
    return token;
  };
  const enrol = async (session: string, token: string) =>
    (await w.api(`/sessions/${session}/enrolments`, { token, body: {} })).json<{ status: string }>().status;

  it('needs a reason, which is kept, and asks again for another share', async () => {
    const stop = await addStop(w, 'larache', '2027-04-13');
    const asked = await make(stop, { overbookPercent: 25 });
    expect([asked.statusCode, asked.json()]).toMatchObject([
      409,
      {
        code: 'session-needs-reason',
        soft: [{ code: 'overbooked', params: { percent: 25, capacity: 10, seats: 12 } }],
      },
    ]);
    const made = await make(stop, { overbookPercent: 25, reasons: REASON });
    expect(made.statusCode).toBe(201);
    const { id } = made.json<Session>();
    expect(await read(id)).toMatchObject({
      ...{ capacity: 10, seatsLeft: 12 },
      plan: { overbookPercent: 25, reasons: REASON },
    });
    expect((await change(id, { language: 'fr' })).statusCode).toBe(200);
    expect((await change(id, { overbookPercent: 30 })).statusCode).toBe(409);
    const none = await change(id, { overbookPercent: 0 });
    expect(none.json()).toMatchObject({ seatsLeft: 10, plan: { overbookPercent: 0, reasons: {} } });
  });

  it('seats whole shares of those who ask at once, offers what is added, and unseats nobody', async () => {
    const stop = await addStop(w, 'ouezzane', '2027-04-14');
    const made = await make(stop, { overbookPercent: 25, reasons: REASON });
    const { id } = made.json<Session>();
    const people = [];
    for (let n = 0; n < 20; n++) people.push(await someone());
    const statuses = await Promise.all(people.map((token) => enrol(id, token)));
    expect(statuses.filter((status) => status === 'booked')).toHaveLength(12);
    expect(statuses.filter((status) => status === 'waiting')).toHaveLength(8);
    const more = await change(id, { overbookPercent: 50, reasons: REASON });
    expect([more.statusCode, more.json()]).toMatchObject([200, { booked: 12, waiting: 5, seatsLeft: 0 }]);
    const fewer = await change(id, { overbookPercent: 0 });
    expect([fewer.statusCode, fewer.json()]).toMatchObject([200, { booked: 12, waiting: 5, seatsLeft: 0 }]);
    expect(await enrol(id, await someone())).toBe('waiting');
  }, 30_000);

  it('is a whole share from 0 to 50', async () => {
    const stop = await addStop(w, 'mdiq', '2027-04-15');
    for (const overbookPercent of [51, -1, 12.5, '25', null]) {
      const refused = await make(stop, { overbookPercent, reasons: REASON });
      expect([overbookPercent, refused.statusCode, refused.json()]).toMatchObject([
        overbookPercent,
        422,
        { errors: [{ pointer: '/overbookPercent' }] },
      ]);
    }
  });

  it('is asked for in the form, which keeps what was typed, and told to staff', async () => {
    const stop = await addStop(w, 'chefchaouen', '2027-04-16');
    const headers = { authorization: `Bearer ${w.tokens.manager}` };
    const url = `/fr/staff/stops/${stop}/sessions`;
    const typed = {
      ...{ course: 'e-marketing', language: 'fr', capacity: '10', overbookPercent: '25' },
      ...{ unit1Date: '2027-04-16', unit1Start: '09:00', unit1End: '12:00' },
    };
    const send = (form: Record<string, string>) =>
      w.inject({
        ...{ method: 'POST', url },
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      });
    const tooMany = await send({ ...typed, overbookPercent: '80' });
    expect(tooMany.body).toMatch(/href="#field-overbookPercent"[^]*value="80"/);
    const asked = await send(typed);
    expect(asked.body).toContain('25 % de places en plus : 12 places données pour 10. Pourquoi ?');
    expect(asked.body).toMatch(/name="overbookPercent"[^>]*value="25"/);
    const saved = await send({ ...typed, 'reason-overbooked': REASON.overbooked });
    expect(saved.statusCode).toBe(303);
    const page = `${saved.headers.location}`.split('?')[0] ?? '';
    expect((await w.inject({ url: page, headers })).body).toContain('/ 10 (12 données)');
    const id = page.split('/').at(-1) ?? '';
    // The reasons and the share are the plan's.
    expect((await w.api(`/sessions/${id}`)).json()).not.toHaveProperty('plan');
  });
});
