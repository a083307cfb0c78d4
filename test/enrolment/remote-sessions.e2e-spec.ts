import { SeatReminderService } from '../../src/enrolment/seat-reminder.service.js';
import { newId } from '../../src/shared/new-id.js';
import { createToldWorld, json, type ToldWorld } from './support/told-world.js';
import type { TestPerson } from './support/world.js';

const DAY = '2027-03-10';
const LINK = 'https://meet.qafila.example/caravane-4711';

describe('a session at a distance', () => {
  let w: ToldWorld;
  beforeAll(async () => (w = await createToldWorld()), 60_000);
  afterAll(() => w.close());
  beforeEach(() => w.t.clock.set('2027-01-18T09:00:00Z'));

  /** Staff sign-ins end when the clock jumps: each change is made by somebody who has just come. */
  const change = async (session: string, body: object) =>
    w.as(`/sessions/${session}`, {
      ...{ method: 'PATCH', body },
      token: await w.world.staff('coordinator', 'campaign', w.world.campaignId),
    });
  async function remote(capacity = 30, date = DAY): Promise<string> {
    const session = await w.world.session({ capacity, date });
    expect((await change(session, { remoteUrl: LINK })).statusCode).toBe(200);
    return session;
  }
  const page = async (url: string, token?: string): Promise<string> =>
    (
      await w.t.inject({
        ...{ url, headers: { accept: 'text/html' } },
        ...(token ? { cookies: { qafila: token } } : {}),
      })
    ).body;
  const mine = async ({ token }: TestPerson): Promise<Array<string | undefined>> =>
    json<{ items: Array<{ remoteUrl?: string }> }>(await w.t.api('/me/enrolments', { token })).items.map(
      ({ remoteUrl }) => remoteUrl,
    );

  it('takes an https link and no place, and the database agrees', async () => {
    const session = await w.world.session({ date: DAY });
    const wrong: Array<[body: object, code: string]> = [
      [{ remoteUrl: 'http://meet.qafila.example/1' }, 'not-https'],
      [{ remoteUrl: 'javascript:alert(1)' }, 'not-https'],
      [{ remoteUrl: 'https://me:secret@meet.qafila.example/1' }, 'not-https'],
      [{ remoteUrl: 'https://meet.qafila.example/a b' }, 'not-https'],
      [{ remoteUrl: 'https://intranet/1' }, 'not-https'],
      [{ remoteUrl: `https://meet.qafila.example/${'a'.repeat(500)}` }, 'too-long'],
      [{ remoteUrl: [LINK] }, 'not-text'],
      [{ remoteUrl: LINK, venueNote: 'Salle 2' }, 'remote-with-place'],
    ];
    for (const [body, code] of wrong) {
      const answer = await change(session, body);
      const { errors } = json<{ errors?: Array<{ pointer: string; code: string }> }>(answer);
      expect([body, answer.statusCode, errors?.map((one) => [one.pointer, one.code])]).toEqual([
        ...[body, 422],
        [['/remoteUrl', code]],
      ]);
    }
    expect((await change(session, { venueNote: 'Salle 2' })).statusCode).toBe(200);
    // What was said of a place ends with the place.
    const saved = await change(session, { remoteUrl: ` ${LINK} ` });
    expect(saved.json()).toMatchObject({ remote: true, venue: null, plan: { remoteUrl: LINK } });
    expect((await change(session, { capacity: 20 })).json()).toMatchObject({ plan: { remoteUrl: LINK } });
    for (const sql of [
      `UPDATE session SET remote_url = 'http://meet.qafila.example' WHERE id = $1`,
      `UPDATE session SET venue_note = 'Salle 2' WHERE id = $1`,
    ])
      await expect(w.sql(sql, [session])).rejects.toThrow(/session_remote/);
    const back = await change(session, { remoteUrl: null, venueNote: 'Salle 2' });
    expect(back.json()).toMatchObject({ remote: false, venue: { name: 'Salle 2' } });
  });

  it('shows its link to who has a seat, from thirty minutes before each half-day until its end', async () => {
    const session = await remote(1);
    const [seated, waits, gone] = await w.world.persons(3);
    await w.t.api(`/enrolments/${await w.enrol(session, gone!)}/cancel`, { token: gone!.token, body: {} });
    for (const person of [seated!, waits!]) await w.enrol(session, person);
    await w.sql(
      `UPDATE unit SET local_end = '12:00', during = '[${DAY} 09:00Z,${DAY} 12:00Z)' WHERE session_id = $1`,
      [session],
    );
    await w.sql(
      `INSERT INTO unit (id, session_id, n, local_date, local_start, local_end, zone, during)
       VALUES ($1, $2, 2, $3, '14:00', '17:00', 'Africa/Casablanca', $4)`,
      [newId(), session, DAY, `[${DAY} 14:00Z,${DAY} 17:00Z)`],
    );
    const turns: Array<[at: string, isOpen: boolean]> = [
      ['08:29:59.999', false],
      ['08:30:00', true],
      ['11:59:59.999', true],
      ['12:00:00', false],
      ['13:29:59', false],
      ['13:30:00', true],
      ['16:59:59', true],
      ['17:00:00', false],
    ];
    for (const [at, isOpen] of turns) {
      w.t.clock.set(`${DAY}T${at}Z`);
      expect([at, await mine(seated!)]).toEqual([at, [isOpen ? LINK : undefined]]);
      const shown = await page('/fr/my/sessions', seated!.token);
      expect([at, shown.includes(`href="${LINK}"`), shown.includes('30 minutes avant')]).toEqual([
        ...[at, isOpen],
        !isOpen && at < '17',
      ]);
      expect([await mine(waits!), await mine(gone!)]).toEqual([[undefined], [undefined]]);
      for (const other of [waits!, gone!])
        expect(await page('/fr/my/sessions', other.token)).not.toContain(LINK);
    }
  });

  it('keeps its link from everybody else: pages, lists, feeds, messages, other staff', async () => {
    const session = await remote();
    const person = await w.world.person();
    await w.enrol(session, person);
    await w.tell();
    w.t.clock.set('2027-03-09T09:00:00Z');
    await w.t.app.get(SeatReminderService).remindAll();
    await w.tell();
    const sent = w.texts.get(await w.numberOf(person)) ?? [];
    expect(sent).toHaveLength(2);
    for (const text of sent) expect(text).toContain('à distance');
    w.t.clock.set(`${DAY}T08:45:00Z`);
    const auditor = await w.world.staff('auditor', 'campaign', w.world.campaignId);
    const elsewhere = await w.world.staff('manager', 'organisation', w.world.otherOrganisationId);
    const desk = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
    const { tourId } = json<{ tourId: string }>(await w.t.api(`/sessions/${session}`));
    const asked = { token: desk, body: { kind: 'tour', tourId, language: 'fr' } };
    const { url } = json<{ url: string }>(await w.as('/calendar-feeds', asked));
    const feed = (await w.t.inject({ url: new URL(url).pathname })).body;
    expect(feed).toContain('À distance');
    const bodies = [
      ...sent,
      feed,
      await page(`/fr/sessions/${session}`),
      await page(`/fr/sessions/${session}`, person.token),
      await page('/fr/sessions'),
      await page(`/fr/staff/sessions/${session}`, auditor),
      (await w.t.api(`/sessions/${session}`)).body,
      (await w.t.api(`/sessions/${session}`, { token: auditor })).body,
      (await w.t.api(`/sessions/${session}`, { token: elsewhere })).body,
      (await w.t.api(`/campaigns/${w.world.campaignId}/sessions`)).body,
    ];
    for (const body of bodies) expect(body).not.toContain('caravane-4711');
    expect(bodies[3]).toContain('La séance a lieu à distance');
    expect(await page(`/fr/staff/sessions/${session}`, desk)).toContain(LINK);
    expect(await page(`/fr/staff/sessions/${session}/edit`, desk)).toContain(`value="${LINK}"`);
    for (const table of ['audit_event', 'message', 'job'])
      expect([
        table,
        await w.sql(`SELECT 1 FROM ${table} x WHERE row_to_json(x)::text LIKE '%4711%'`),
      ]).toEqual([...[table, []]]);
  });

  it('tells who has a seat when it goes from a room to a distance, and not when only the link changes', async () => {
    const session = await w.world.session({ date: DAY });
    const person = await w.world.person();
    await w.enrol(session, person);
    await w.tell();
    await change(session, { remoteUrl: LINK });
    await w.tell();
    const last = async () => (w.texts.get(await w.numberOf(person)) ?? []).slice(1);
    expect(await last()).toEqual([expect.stringMatching(/changement.*à distance/)]);
    await change(session, { remoteUrl: `${LINK}-b` });
    await w.tell();
    expect(await last()).toHaveLength(1);
  });

  it('needs no room, and its trainer like any other', async () => {
    const sessions = [await remote(30, '2027-04-07'), await remote(30, '2027-04-07')];
    const token = await w.world.staff('trainer', 'campaign', w.world.campaignId);
    const [trainer] = await w.sql<{ id: string }>(
      `SELECT account_id AS id FROM role_grant WHERE role = 'trainer' AND scope_id = $1`,
      [w.world.campaignId],
    );
    const teach = { trainerIds: [trainer!.id], reasons: { 'trainer-day-too-long': 'Une seule fois' } };
    const [first, second] = [await change(sessions[0]!, teach), await change(sessions[1]!, teach)];
    expect([first.statusCode, first.statusCode === 200 ? '' : first.body]).toEqual([200, '']);
    // Whoever teaches it must be able to open it.
    expect((await w.t.api(`/sessions/${sessions[0]}`, { token })).json()).toMatchObject({
      plan: { remoteUrl: LINK },
    });
    expect([second.statusCode, second.json()]).toEqual([
      409,
      expect.objectContaining({ clashes: [expect.objectContaining({ kind: 'trainer' })] }),
    ]);
  });
});
