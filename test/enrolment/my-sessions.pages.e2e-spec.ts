import type { LightMyRequestResponse } from 'fastify';
import { SeatReceiptService } from '../../src/enrolment/seat-receipt.service.js';
import { Csrf } from '../../src/shared/access/csrf.js';
import { SessionHooks } from '../../src/tours/public.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type TestPerson, World } from './support/world.js';

describe('one’s sessions as pages', () => {
  let t: TestApp;
  let world: World;
  beforeAll(async () => {
    t = await createTestApp();
    world = await World.in(t);
  }, 60_000);
  beforeEach(() => t.clock.set('2027-01-15T09:00:00Z'));
  afterAll(() => t.close());

  const open = (url: string, { token }: TestPerson, cookies = {}): Promise<LightMyRequestResponse> =>
    t.inject({ url, headers: { accept: 'text/html' }, cookies: { qafila: token, ...cookies } });

  const csrfOf = ({ token }: TestPerson): string => t.app.get(Csrf).tokenFor(token);

  /** Sends a form without script, and opens the page it leads to with its sentence. */
  async function submit(
    url: string,
    person: TestPerson,
    csrf: string,
  ): Promise<{ sent: LightMyRequestResponse; page: string }> {
    const sent = await t.inject({
      method: 'POST',
      url,
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      cookies: { qafila: person.token },
      payload: `_csrf=${encodeURIComponent(csrf)}`,
    });
    const flash = sent.cookies.find(({ name }) => name === 'flash')?.value;
    const next = sent.headers.location
      ? await open(String(sent.headers.location), person, flash ? { flash } : {})
      : sent;
    return { sent, page: next.body };
  }

  it('leads an empty list to the sessions', async () => {
    const page = await open('/ar/my/sessions', await world.person());
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('ستظهر حصصك هنا');
    expect(page.body).toContain('href="/ar/sessions"');
  });

  it('books by a form, says so once in spoken words, and lists the seat', async () => {
    const session = await world.session({ date: '2027-12-14' });
    const person = await world.person();
    const { sent, page } = await submit(`/fr/sessions/${session}/enrol`, person, csrfOf(person));
    expect([sent.statusCode, sent.headers.location]).toEqual([303, '/fr/my/sessions']);
    expect(page.match(/Votre place est réservée à Tétouan, mardi 14 décembre, 9 h\./g)).toHaveLength(2);
    const later = await open('/fr/my/sessions', person);
    expect(later.body.match(/Votre place est réservée/g)).toHaveLength(1);
    const again = await submit(`/fr/sessions/${session}/enrol`, person, csrfOf(person));
    expect(again.page).toContain('Vous êtes déjà sur cette séance');
  });

  it('sends who is not signed in to the sign-in, and books nothing by a link', async () => {
    const session = await world.session();
    const sent = await t.inject({
      method: 'POST',
      url: `/ar/sessions/${session}/enrol`,
      headers: { accept: 'text/html' },
    });
    expect([sent.statusCode, sent.headers.location]).toEqual([
      303,
      `/ar/sign-in?next=${encodeURIComponent(`/sessions/${session}`)}`,
    ]);
    expect(
      (await t.inject({ url: '/fr/my/sessions', headers: { accept: 'text/html' } })).headers.location,
    ).toContain('/fr/sign-in?next=');
    const opened = await t.inject({ url: `/fr/sessions/${session}/enrol`, headers: { accept: 'text/html' } });
    expect([opened.statusCode, opened.headers.location]).toEqual([303, `/fr/sessions/${session}`]);
    expect(await world.rows(session)).toEqual({});
  });

  it('asks a shared phone who is speaking first', async () => {
    const session = await world.session();
    const person = await world.person({ picked: false });
    const { sent } = await submit(`/fr/sessions/${session}/enrol`, person, csrfOf(person));
    expect(sent.headers.location).toBe(`/fr/sign-in/who?next=${encodeURIComponent(`/sessions/${session}`)}`);
  });

  it('refuses a form without its token', async () => {
    const session = await world.session();
    const person = await world.person();
    expect((await submit(`/fr/sessions/${session}/enrol`, person, 'x')).sent.statusCode).toBe(403);
    expect(await world.rows(session)).toEqual({});
  });

  it('says with what a seat overlaps, and leads there', async () => {
    const person = await world.person();
    const csrf = csrfOf(person);
    await submit(`/fr/sessions/${await world.session({ date: '2027-05-05' })}/enrol`, person, csrf);
    const { sent } = await submit(
      `/fr/sessions/${await world.session({ date: '2027-05-05', city: 'larache' })}/enrol`,
      person,
      csrf,
    );
    expect(sent.statusCode).toBe(409);
    expect(sent.body).toContain('Vous avez déjà une place ailleurs mercredi 5 mai, 9 h.');
    expect(sent.body).toContain('href="/fr/my/sessions"');
  });

  it('asks before it cancels, offers to the next, and takes a yes', async () => {
    const session = await world.session({ capacity: 1 });
    const [first, second] = (await world.persons(2)) as [TestPerson, TestPerson];
    const id = (await t.api(`/sessions/${session}/enrolments`, { token: first.token, body: {} })).json()
      .id as string;
    const queued = (await t.api(`/sessions/${session}/enrolments`, { token: second.token, body: {} })).json()
      .id as string;
    expect((await open('/fr/my/sessions', second)).body).toContain('Vous êtes n° 1 sur la liste d’attente');
    const question = await open(`/fr/my/sessions/${id}/cancel`, first);
    expect(question.body).toContain('ira à la personne suivante');
    expect((await open(`/fr/my/sessions/${id}/cancel`, second)).statusCode).toBe(404);
    const cancelled = await submit(`/fr/my/sessions/${id}/cancel`, first, csrfOf(first));
    expect(cancelled.page).toContain('Merci d’avoir prévenu');
    expect(cancelled.page).toContain('Vous avez rendu votre place à Tétouan');
    const offered = await open('/fr/my/sessions', second);
    expect(offered.body).toContain(
      'Une place s’est libérée à Tétouan, mercredi 10 mars, 9 h. La voulez-vous ?',
    );
    expect(offered.body).toContain('Répondez avant dimanche 17 janvier, 13 h 30 : il vous reste 52 heures.');
    const csrf = csrfOf(second);
    expect((await submit(`/fr/my/sessions/${queued}/accept`, second, csrf)).page).toContain(
      'La place est à vous.',
    );
    expect((await submit(`/fr/my/sessions/${queued}/decline`, second, csrf)).page).toContain(
      'Aucune place ne vous est proposée',
    );
  });

  it('keeps past, called-off and given-back seats apart, and escapes what people wrote', async () => {
    const person = await world.person({ language: 'ar' });
    const sessions = await Promise.all(['2027-01-20', '2027-01-21'].map((date) => world.session({ date })));
    for (const session of sessions)
      await t.api(`/sessions/${session}/enrolments`, { token: person.token, body: {} });
    await t.db.manager.query(
      `UPDATE session SET status = 'cancelled', cancelled_at = now(), venue_note = '<script>x</script>' WHERE id = $1`,
      [sessions[1]],
    );
    await t.db.manager.query(`UPDATE session SET venue_note = '<script>x</script>' WHERE id = $1`, [
      sessions[0],
    ]);
    const ahead = await open('/ar/my/sessions', person);
    expect(ahead.body).toContain('ألغيت حصة تطوان');
    expect(ahead.body).not.toContain('<script>x');
    expect(ahead.body).toContain('&lt;script&gt;x');
    t.clock.set('2027-02-01T09:00:00Z');
    const over = await open('/ar/my/sessions', person);
    expect(over.body).toContain('كان لك مكان في تطوان');
    expect(over.body).toContain('ستظهر حصصك هنا');
  });
});

describe('messages about seats', () => {
  let t: TestApp;
  let world: World;
  beforeAll(async () => {
    t = await createTestApp();
    world = await World.in(t);
  }, 60_000);
  afterAll(() => t.close());

  async function told({ id }: TestPerson): Promise<string[]> {
    await t.app.get(SeatReceiptService).tellAll();
    const rows = (await t.db.manager.query(
      `SELECT template, body FROM message WHERE person_id = $1 ORDER BY created_at, id`,
      [id],
    )) as Array<{ template: string; body: string }>;
    return rows.map(({ template }) => template.replace('enrolment:sms.', ''));
  }

  it('tell each turn once, in the person’s language', async () => {
    const session = await world.session({ capacity: 1 });
    const [first, second] = [await world.person(), await world.person({ language: 'ar' })];
    const id = (await t.api(`/sessions/${session}/enrolments`, { token: first.token, body: {} })).json()
      .id as string;
    await t.api(`/sessions/${session}/enrolments`, { token: second.token, body: {} });
    expect([await told(first), await told(second)]).toEqual([['booked'], ['waiting']]);
    await t.api(`/enrolments/${id}/cancel`, { token: first.token, body: {} });
    t.clock.advance(1000);
    expect([await told(first), await told(second)]).toEqual([
      ['booked', 'givenBack'],
      ['waiting', 'offered'],
    ]);
    expect([await told(first), await told(second)]).toEqual([
      ['booked', 'givenBack'],
      ['waiting', 'offered'],
    ]);
    const rows = (await t.db.manager.query(
      `SELECT body, language FROM message WHERE person_id = $1 ORDER BY created_at, id`,
      [second.id],
    )) as Array<{ body: string; language: string }>;
    expect(rows.map(({ language }) => language)).toEqual(['ar', 'ar']);
    expect(rows[1]?.body).toContain(
      'قافلة: مكان في تطوان، الأربعاء 10 مارس. أجب قبل الأحد 17 يناير، 13:30: http',
    );
  });

  it('tell of a session that moved or is called off', async () => {
    const session = await world.session();
    const person = await world.person();
    await t.api(`/sessions/${session}/enrolments`, { token: person.token, body: {} });
    await told(person);
    await t.db.transaction(() => t.app.get(SessionHooks).moved(session, t.clock.now()));
    t.clock.advance(1000);
    expect(await told(person)).toEqual(['booked', 'moved']);
    await t.db.transaction(() => t.app.get(SessionHooks).cancelled(session, t.clock.now()));
    t.clock.advance(1000);
    expect(await told(person)).toEqual(['booked', 'moved', 'calledOff']);
  });
});
