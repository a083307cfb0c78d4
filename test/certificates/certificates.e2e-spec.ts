import { jest } from '@jest/globals';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { tokenOf } from './token.js';
import { givenTrainee, givenWorld, type World } from './world.js';

jest.setTimeout(120_000);

describe('certificates', () => {
  let t: TestApp;
  let world: World;
  let manager: string;

  beforeAll(async () => {
    t = await createTestApp();
    world = await givenWorld(t);
    manager = (await givenStaff(t, 'manager', { kind: 'campaign', id: world.campaignId })).token;
  });
  afterAll(() => t.close());

  const issue = (personId: string, body: object = {}, token = manager) =>
    t.api(`/sessions/${world.sessionId}/certificates`, { token, body: { personId, ...body } });

  it('is issued to one person, and a stranger reads every printed field', async () => {
    const personId = await givenTrainee(t, world, {
      fr: ['Fatima-Zahra', 'El Idrissi'],
      ar: ['فاطمة الزهراء', 'الإدريسي'],
    });
    const issued = await issue(personId);
    expect([issued.statusCode, issued.json()]).toEqual([
      201,
      expect.objectContaining({ personId, status: 'valid' }),
    ]);
    const { code, serial } = issued.json<{ code: string; serial: string }>();
    const checked = await t.api(`/certificates/${code}`);
    expect(checked.statusCode).toBe(200);
    expect(checked.json()).toEqual({
      code,
      serial,
      status: 'valid',
      replacedBy: null,
      statusAt: t.clock.now().toISOString(),
      name: { fr: 'Fatima-Zahra El Idrissi', ar: 'فاطمة الزهراء الإدريسي' },
      course: { fr: 'Vendre en ligne', ar: 'البيع عبر الإنترنت' },
      campaign: { fr: 'Caravane du Nord', ar: 'قافلة الشمال' },
      organisation: { fr: 'Opérateur', ar: 'المتعهد' },
      funders: [],
      city: { fr: 'Tétouan', ar: 'تطوان' },
      dates: { first: '2026-12-15', last: '2026-12-15' },
      minutes: 420,
      issuedOn: '2027-01-15',
      signatories: [],
      checkUrl: expect.stringMatching(new RegExp(`/v/${code}$`)),
    });
    const mine = await t.api('/me/certificates', { token: await tokenOf(t, personId) });
    expect(mine.json()).toMatchObject({
      items: [{ code, pdfUrl: expect.stringContaining(`/v/${code}.pdf`) }],
      next: null,
    });
  });
});
