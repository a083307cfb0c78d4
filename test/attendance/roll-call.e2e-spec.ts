import { createTestApp, type TestApp } from '../support/app.js';
import { mark, presenceOf, send } from './events.js';
import { givenEnrolment, givenSession, type GivenSession } from './factories.js';
import { page, submit } from './pages.js';

const EVENTS = `SELECT body, device_id AS "deviceId" FROM attendance_event WHERE session_id = $1 ORDER BY received_at, id`;

describe('the roll call without script', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());
  afterEach(() => t.clock.set('2027-01-15T09:00:00Z'));

  const path = ({ id }: GivenSession) => `/fr/staff/sessions/${id}/roll-call`;
  const names = (body: string) =>
    [...body.matchAll(/<p class="roll__name"><span><bdi lang="\w+">([^<]*)/g)].map(([, name]) => name);

  it('sorts names as people do, in both scripts, and shows both', async () => {
    const session = await givenSession(t);
    await givenEnrolment(t, session, { name: ['Éloïse', 'Bennani'] });
    await givenEnrolment(t, session, { name: ['Zineb', 'Alami'], nameAr: ['زينب', 'العلمي'] });
    await givenEnrolment(t, session, { name: ['Emna', 'Ziani'] });
    await givenEnrolment(t, session, { name: null, nameAr: ['إدريس', 'البقالي'] });
    await givenEnrolment(t, session, { name: ['adil', 'Kaddouri'], nameAr: ['عادل', 'القدوري'] });
    const fr = (await page(t, path(session), session.trainer.token)).body;
    expect(names(fr)).toEqual([
      'adil Kaddouri',
      'Éloïse Bennani',
      'Emna Ziani',
      'Zineb Alami',
      'إدريس البقالي',
    ]);
    const ar = (await page(t, path(session).replace('/fr/', '/ar/'), session.trainer.token)).body;
    expect(names(ar)).toEqual([
      'إدريس البقالي',
      'زينب العلمي',
      'عادل القدوري',
      'Éloïse Bennani',
      'Emna Ziani',
    ]);
    expect(ar).toContain('dir="rtl"');
  });

  it('finds a name whatever its spelling', async () => {
    const session = await givenSession(t);
    await givenEnrolment(t, session, { name: ['Bouchra', 'El Ouazzani'], nameAr: ['بشرى', 'الوزاني'] });
    await givenEnrolment(t, session, { name: ['Samir', 'Tahiri'] });
    for (const q of ['boushra', 'BOUCHRA', 'wazani', 'elouazani', 'بشري', 'الوزانى', 'ouazani bou'])
      expect([
        q,
        names((await page(t, `${path(session)}?q=${encodeURIComponent(q)}`, session.trainer.token)).body),
      ]).toEqual([q, ['Bouchra El Ouazzani']]);
    expect((await page(t, `${path(session)}?q=hakima`, session.trainer.token)).body).toContain(
      'Aucun nom ne correspond',
    );
  });

  it('opens on the half-day that is on, or comes next', async () => {
    const session = await givenSession(t);
    await givenEnrolment(t, session);
    const shown = async (query = '') =>
      /aria-current="page"><span>([^<]+)/.exec(
        (await page(t, path(session) + query, session.trainer.token)).body,
      )?.[1];
    expect(await shown()).toBe('Demi-journée 1');
    t.clock.set('2027-01-15T12:30:00Z');
    expect(await shown()).toBe('Demi-journée 2');
    expect(await shown('?unit=1')).toBe('Demi-journée 1');
    t.clock.set('2027-01-15T22:00:00Z');
    expect(await shown()).toBe('Demi-journée 2');
    for (const query of ['?unit=0', '?unit=x', '?unit=1&unit=2', '?q=' + 'x'.repeat(101)])
      expect([query, (await page(t, path(session) + query, session.trainer.token)).statusCode]).toEqual([
        query,
        422,
      ]);
  });

  it('marks by one button, and corrects by another', async () => {
    const session = await givenSession(t);
    const { id, personId } = await givenEnrolment(t, session);
    const tap = async (tapped: string) => {
      t.clock.advance(1000);
      const answer = await submit(t, path(session), session.trainer.token, {
        unit: '1',
        tap: `${id}:${tapped}`,
      });
      expect([answer.statusCode, answer.headers.location]).toEqual([
        303,
        `${path(session)}?unit=1#person-${id}`,
      ]);
      return (await presenceOf(t, session.id)).map(({ state }) => state);
    };
    expect(await tap('present')).toEqual(['present']);
    expect(await tap('present')).toEqual(['present']);
    expect(await tap('absent')).toEqual(['absent']);
    expect(await tap('present')).toEqual(['present']);
    const bodies = (await t.db.read<{ body: { kind: string } }>('test.events', EVENTS, [session.id])).map(
      ({ body }) => body.kind,
    );
    expect(bodies).toEqual(['present', 'correction', 'correction']);
    const { body } = await page(t, path(session), session.trainer.token);
    expect(body).toMatch(new RegExp(`value="${id}:present" aria-pressed="true"`));
    expect(body).toContain('<dd data-count="present">1</dd>');
    // Who walks in hears what they agree to before somebody writes that they did.
    expect(body).toMatch(
      /data-event="pass".*id="notice-title".*notice\.fr\.m4a.*training\.fr\.m4a.*data-event="walkIn"/s,
    );
    expect(personId).toBeDefined();
  });

  it('takes minutes, the card and a reason; a pass; and somebody who walked in', async () => {
    const session = await givenSession(t);
    const one = await givenEnrolment(t, session);
    const two = await givenEnrolment(t, session);
    const post = (fields: Record<string, string>) =>
      submit(t, path(session), session.trainer.token, { unit: '1', ...fields });
    await post({ enrolmentId: one.id, mark: 'partial', minutes: '40', idSeen: '1', reason: 'Partie à 10 h' });
    const { code } = (await t.api(`/enrolments/${two.id}/pass`, { token: two.token })).json<{
      code: string;
    }>();
    await post({ pass: code.replace(/(....)/, '$1 ') });
    expect((await presenceOf(t, session.id)).map(({ state, minutes }) => [state, minutes]).sort()).toEqual([
      ['partial', 40],
      ['present', 180],
    ]);
    const refused = await post({ pass: '12345678' });
    expect(refused.headers['set-cookie']).toEqual(expect.stringContaining('flash='));
    await post({ name: 'Hakima Bennis', phone: '', consent: 'heard' });
    const summary = await page(t, `/fr/staff/sessions/${session.id}/attendance`, session.trainer.token);
    expect(summary.body).toContain('Pass invalide');
    const wrong: Array<Record<string, string>> = [
      { tap: 'x:present' },
      { enrolmentId: one.id, mark: 'late' },
      { enrolmentId: one.id, mark: 'partial', minutes: '-1' },
    ];
    for (const bad of wrong) expect((await post(bad)).statusCode).toBe(422);
    expect(
      (await submit(t, path(session), session.trainer.token, { tap: `${one.id}:present` })).statusCode,
    ).toBe(422);
  });

  it('closes with a log, shows what was corrected, and reopens for the coordinator only', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session, { name: ['Fatima', '<b>Amrani</b>'] });
    await send(t, session, [mark(id, 1)]);
    t.clock.advance(60_000);
    await submit(t, path(session), session.trainer.token, {
      unit: '1',
      enrolmentId: id,
      mark: 'absent',
      reason: 'Confondue <i>',
    });
    const at = (page: string) => `/fr/staff/sessions/${session.id}/${page}`;
    expect((await page(t, at('close'), session.trainer.token)).body).toContain('Journal de la séance');
    const closed = await submit(t, at('close'), session.trainer.token, { log: 'Salle froide' });
    expect([closed.statusCode, closed.headers.location]).toEqual([303, at('attendance')]);
    const summary = (await page(t, at('attendance'), session.trainer.token)).body;
    expect(summary).toContain('Salle froide');
    expect(summary).toContain('Confondue &lt;i&gt;');
    expect(summary).toContain('&lt;b&gt;Amrani&lt;/b&gt;');
    expect(summary).not.toContain('Rouvrir');
    expect((await page(t, path(session), session.trainer.token)).body).toMatch(
      /<button class="mark[^>]*disabled/,
    );
    const { token } = session.coordinator;
    const refused = await submit(t, at('reopen'), token, { reason: ' a ' }, at('attendance'));
    expect([refused.statusCode, refused.body.includes('Donnez un motif')]).toEqual([422, true]);
    expect(
      (await submit(t, at('reopen'), token, { reason: 'Oubli de deux noms' }, at('attendance'))).statusCode,
    ).toBe(303);
    expect((await page(t, path(session), session.trainer.token)).body).toContain('Oubli de deux noms');
    const long = await submit(t, at('close'), token, { log: 'é'.repeat(5001) });
    expect([long.statusCode, long.body.includes('5000'), long.body.includes('ééé')]).toEqual([
      422,
      true,
      true,
    ]);
  });

  it('is nobody else’s', async () => {
    const [mine, theirs] = [await givenSession(t), await givenSession(t)];
    const { token } = mine.trainer;
    for (const what of ['roll-call', 'attendance', 'close'])
      expect((await page(t, `/fr/staff/sessions/${theirs.id}/${what}`, token)).statusCode).toBe(404);
    const { id } = await givenEnrolment(t, theirs);
    const forged = await submit(t, path(theirs), token, { unit: '1', tap: `${id}:present` }, path(mine));
    expect(forged.statusCode).toBe(404);
    const noToken = await t.inject({
      method: 'POST',
      url: path(mine),
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      cookies: { qafila: token },
      payload: 'unit=1',
    });
    expect(noToken.statusCode).toBe(403);
  });
});
