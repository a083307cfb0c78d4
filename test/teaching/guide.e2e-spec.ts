import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';

const COURSES = ['e-marketing', 'vente-en-ligne', 'paiement-electronique'];

describe('the trainer’s guide', () => {
  let t: TestApp;
  let trainer: string;
  beforeAll(async () => {
    t = await createTestApp();
    trainer = (await givenStaff(t, 'trainer')).token;
  }, 90_000);
  afterAll(() => t.close());

  const guide = async (course: string, query = '', token = trainer, locale = 'fr') =>
    t.inject({
      url: `/${locale}/staff/courses/${course}/guide${query}`,
      headers: { authorization: `Bearer ${token}`, accept: 'text/html' },
    });
  const modulesIn = (html: string): number => html.match(/id="module-/g)?.length ?? 0;

  it.each(COURSES)('has every module of %s with its questions before any answer', async (course) => {
    for (const locale of ['fr', 'ar']) {
      const { statusCode, body } = await guide(course, '', trainer, locale);
      expect([statusCode, modulesIn(body)]).toEqual([200, 6]);
      expect(body.match(/class="guide__question"/g)).toHaveLength(30);
      const keys = body.indexOf('id="keys-title"');
      expect(keys).toBeGreaterThan(body.lastIndexOf('class="guide__question"'));
    }
  });

  it('takes two modules for a short session, or those one chooses', async () => {
    expect(modulesIn((await guide('e-marketing', '?format=half')).body)).toBe(2);
    const ramadan = (await guide('e-marketing', '?format=ramadan')).body;
    expect([modulesIn(ramadan), ramadan.includes('9 h 30')]).toEqual([2, true]);
    const chosen = '?format=half&m=whatsapp-business&m=photo-et-video-au-telephone&m=rien';
    const { body } = await guide('e-marketing', chosen);
    expect([modulesIn(body), body.includes('id="module-whatsapp-business"')]).toEqual([2, true]);
  });

  it('gives the answers to trainers, not to whoever only organises', async () => {
    const coordinator = (await givenStaff(t, 'coordinator')).token;
    const { statusCode, body } = await guide('e-marketing', '', coordinator);
    expect([statusCode, body.includes('id="keys-title"')]).toEqual([200, false]);
    // The reason of the first question is part of the answers.
    const asTrainer = (await guide('e-marketing')).body;
    const reason = /id="keys-title"[\s\S]*?<span class="muted">([^<]{10,})</.exec(asTrainer)?.[1] ?? '';
    expect(reason).not.toBe('');
    expect(body).not.toContain(reason);
  });

  it('is for the staff, and for courses there are', async () => {
    expect((await guide('rien')).statusCode).toBe(404);
    expect((await guide('e-marketing', '', (await givenStaff(t, 'funder')).token)).statusCode).toBe(403);
    expect((await guide('e-marketing', '?format=rien&m=%00')).statusCode).toBe(200);
  });
});
