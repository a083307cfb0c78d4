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

  const certificatesOf = async (personId: string): Promise<string[]> =>
    (
      await t.db.read<{ status: string }>(
        'test.statuses',
        `SELECT status FROM certificate WHERE person_id = $1 ORDER BY status`,
        [personId],
      )
    ).map(({ status }) => status);
  const certifiedAt = async (personId: string): Promise<Date | null | undefined> =>
    (
      await t.db.readOne<{ at: Date | null }>(
        'test.certifiedAt',
        `SELECT certified_at AS at FROM participation WHERE person_id = $1`,
        [personId],
      )
    )?.at;
  const rename = (personId: string, given: string) =>
    t.db.write('test.rename', `UPDATE person SET given_fr = $2 WHERE id = $1`, [personId, given]);

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
      texts: {
        givenBy: {},
        heading: { fr: 'Attestation de formation', ar: 'شهادة تكوين' },
        given: { fr: 'Cette attestation est remise à', ar: 'تسلم هذه الشهادة إلى' },
        reason: { fr: 'pour avoir suivi et achevé la formation', ar: 'إثر استكمال التكوين في موضوع' },
        note: {},
      },
      logos: [],
      checkUrl: expect.stringMatching(new RegExp(`/v/${code}$`)),
    });
    const mine = await t.api('/me/certificates', { token: await tokenOf(t, personId) });
    expect(mine.json()).toMatchObject({
      items: [{ code, pdfUrl: expect.stringContaining(`/v/${code}.pdf`) }],
      next: null,
    });
  });

  it('counts the certified in the figures, and tells them by SMS with a link that opens the PDF', async () => {
    const personId = await givenTrainee(t, world);
    await tokenOf(t, personId);
    const { code } = (await issue(personId)).json<{ code: string }>();
    expect(await certifiedAt(personId)).toEqual(t.clock.now());
    await t.runJobs();
    const message = await t.db.readOne<{ body: string; language: string }>(
      'test.message',
      `SELECT body, language FROM message WHERE person_id = $1`,
      [personId],
    );
    const link = /https?:\/\/\S+/.exec(message?.body ?? '')?.[0] ?? '';
    expect(link).toContain(`/v/${code}?k=`);
    const page = await t.inject({ url: link, headers: { accept: 'text/html' } });
    const pdf = /href="(\/v\/[^"]+\.pdf[^"]*)"/.exec(page.body)?.[1]?.replaceAll('&#x3D;', '=') ?? '';
    const file = await t.inject({ url: pdf });
    expect([
      file.statusCode,
      file.headers['content-type'],
      file.rawPayload.subarray(0, 5).toString(),
    ]).toEqual([200, 'application/pdf', '%PDF-']);
  });

  it('is refused to someone who was absent, with the rule, what there is and what is needed', async () => {
    const absent = await givenTrainee(t, world, { attended: 0 });
    const half = await givenTrainee(t, world, { attended: 1 });
    for (const [personId, have] of [
      [absent, 0],
      [half, 1],
    ] as const) {
      const answer = await issue(personId);
      expect([answer.statusCode, answer.json()]).toEqual([
        422,
        expect.objectContaining({ code: 'not-completed-attendance', rule: 'attendance', have, need: 2 }),
      ]);
    }
    expect(await certificatesOf(absent)).toEqual([]);
  });

  it('is issued once: asked again it is a conflict that names the first', async () => {
    const personId = await givenTrainee(t, world);
    const { code } = (await issue(personId)).json<{ code: string }>();
    const again = await issue(personId);
    expect([again.statusCode, again.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'already-certified', certificate: code }),
    ]);
  });

  it('waits for a name that somebody else typed to be confirmed, by the person or by the staff', async () => {
    const byPerson = await givenTrainee(t, world, { signedUpAlone: false });
    const token = await tokenOf(t, byPerson);
    expect((await issue(byPerson)).json()).toMatchObject({ status: 422, code: 'name-not-confirmed' });
    const before = await t.api('/me/certificate-name', { token });
    expect(before.json()).toEqual({ name: { fr: 'Fatima Amrani' }, confirmed: false });
    expect((await t.api('/me/certificate-name', { token, body: {} })).json()).toMatchObject({
      confirmed: true,
    });
    // Another spelling since then is another name.
    await rename(byPerson, 'Fatma');
    expect((await issue(byPerson)).json()).toMatchObject({ code: 'name-not-confirmed' });
    await t.api('/me/certificate-name', { token, body: {} });
    expect((await issue(byPerson)).statusCode).toBe(201);

    const byStaff = await givenTrainee(t, world, { signedUpAlone: false });
    const names = (personIds: string[]) =>
      t.api(`/sessions/${world.sessionId}/certificate-names`, { token: manager, body: { personIds } });
    expect((await names([byStaff])).json()).toEqual({ confirmed: 1 });
    expect((await issue(byStaff)).statusCode).toBe(201);
    const elsewhere = await givenTrainee(t, await givenWorld(t));
    expect((await names([elsewhere])).statusCode).toBe(404);

    const atOnce = await givenTrainee(t, world, { signedUpAlone: false });
    expect((await issue(atOnce, { confirmName: true })).statusCode).toBe(201);
  });

  it('says so when a name has letters that no font of ours has', async () => {
    const personId = await givenTrainee(t, world, { fr: ['王小明', 'Amrani 😀'] });
    const answer = await issue(personId);
    expect([answer.statusCode, answer.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'not-printable', letters: expect.stringContaining('王') }),
    ]);
    expect(answer.json<{ letters: string }>().letters).toContain('😀');
    expect(await certificatesOf(personId)).toEqual([]);
  });

  it('keeps what it said, whatever changes afterwards', async () => {
    const personId = await givenTrainee(t, world);
    const { code } = (await issue(personId)).json<{ code: string }>();
    const before = (await t.api(`/certificates/${code}`)).json<object>();
    await rename(personId, 'Autre');
    await t.db.write('test.retitle', `UPDATE course SET title_fr = 'Autre titre' WHERE id = $1`, [
      world.courseId,
    ]);
    expect((await t.api(`/certificates/${code}`)).json()).toEqual(before);
    await t.db.write('test.retitle.back', `UPDATE course SET title_fr = 'Vendre en ligne' WHERE id = $1`, [
      world.courseId,
    ]);
  });

  it('is replaced by one with the right name: a new serial, and the old one says so', async () => {
    const personId = await givenTrainee(t, world, { fr: ['Fatma', 'Amrani'] });
    const old = (await issue(personId)).json<{ code: string; serial: string }>();
    const name = { fr: { given: 'Fatima', family: 'Amrani' }, ar: { given: 'فاطمة', family: 'العمراني' } };
    const answer = await t.api(`/certificates/${old.code}/replace`, { token: manager, body: { name } });
    expect(answer.statusCode).toBe(200);
    const next = answer.json<{ code: string; serial: string; name: object; status: string }>();
    expect(next).toMatchObject({ status: 'valid', name: { fr: 'Fatima Amrani', ar: 'فاطمة العمراني' } });
    expect(next.serial).not.toBe(old.serial);
    expect((await t.api(`/certificates/${old.code}`)).json()).toMatchObject({
      status: 'replaced',
      replacedBy: next.code,
      name: { fr: 'Fatma Amrani' },
    });
    const again = await t.api(`/certificates/${old.code}/replace`, { token: manager, body: { name } });
    expect([again.statusCode, again.json()]).toEqual([409, expect.objectContaining({ status: 409 })]);
    const same = await t.api(`/certificates/${next.code}/replace`, { token: manager, body: { name } });
    expect([same.statusCode, same.json<{ code: string }>().code]).toEqual([422, 'same-name']);
    const mine = await t.api('/me/certificates', { token: await tokenOf(t, personId) });
    expect(mine.json<{ items: Array<{ code: string }> }>().items.map(({ code }) => code)).toEqual([
      next.code,
    ]);
  });

  it('is revoked with a reason that stays with the staff; a person of the staff may issue another', async () => {
    const personId = await givenTrainee(t, world);
    const { code } = (await issue(personId)).json<{ code: string }>();
    const revoke = (body: object) => t.api(`/certificates/${code}/revoke`, { token: manager, body });
    for (const body of [
      {},
      { reason: '' },
      { reason: '   ' },
      { reason: 'ab' },
      { reason: 'x'.repeat(501) },
      { reason: 7 },
    ])
      expect([body, (await revoke(body)).statusCode]).toEqual([body, 422]);
    const done = await revoke({ reason: 'Présence saisie par erreur' });
    expect(done.json()).toMatchObject({ status: 'revoked', revokedReason: 'Présence saisie par erreur' });
    const checked = await t.api(`/certificates/${code}`);
    expect(checked.json()).toMatchObject({ status: 'revoked' });
    expect(checked.body).not.toContain('erreur');
    expect(await certifiedAt(personId)).toBeNull();
    expect((await revoke({ reason: 'encore' })).statusCode).toBe(409);
    const second = await issue(personId);
    expect(second.statusCode).toBe(201);
    expect(await certificatesOf(personId)).toEqual(['revoked', 'valid']);
  });

  it('is listed for the staff page by page, and found by code, serial and part of a name', async () => {
    const other = await givenWorld(t);
    const staff = (await givenStaff(t, 'coordinator', { kind: 'campaign', id: other.campaignId })).token;
    for (const given of ['Zineb', 'Amina', 'Salma']) {
      const personId = await givenTrainee(t, other, { fr: [given, 'Test'] });
      await t.api(`/sessions/${other.sessionId}/certificates`, { token: staff, body: { personId } });
      t.clock.advance(1000);
    }
    const list = async (query: string) => {
      const answer = await t.api(`/campaigns/${other.slug}/certificates?${query}`, { token: staff });
      return answer.json<{
        items: Array<{ code: string; serial: string; name: { fr: string } }>;
        next: string | null;
      }>();
    };
    const names = ({ items }: Awaited<ReturnType<typeof list>>) => items.map(({ name }) => name.fr);
    const first = await list('limit=2');
    expect(names(first)).toEqual(['Salma Test', 'Amina Test']);
    const second = await list(`limit=2&cursor=${first.next ?? ''}`);
    expect([names(second), second.next]).toEqual([['Zineb Test'], null]);
    const [salma] = first.items;
    for (const query of [`q=${salma?.code.toLowerCase()}`, `q=${salma?.serial}`, 'q=alma'])
      expect([query, names(await list(query))]).toEqual([query, ['Salma Test']]);
    expect((await list('status=revoked')).items).toEqual([]);
    for (const bad of ['limit=0', 'limit=201', 'cursor=x', 'status=lost', 'unknown=1'])
      expect([
        bad,
        (await t.api(`/campaigns/${other.slug}/certificates?${bad}`, { token: staff })).statusCode,
      ]).toEqual([bad, 422]);
  });

  it('answers bad input with its status and writes nothing', async () => {
    const stranger = await givenTrainee(t, await givenWorld(t));
    const cases: Array<[object, number]> = [
      [{}, 422],
      [{ personId: 'x' }, 422],
      [{ personId: null }, 422],
      [{ personId: stranger }, 404],
      [{ personId: '0199aaaa-0000-7000-8000-000000000000' }, 404],
      [{ personId: stranger, extra: 1 }, 422],
      [{ personId: stranger, confirmName: 'yes' }, 422],
    ];
    for (const [body, status] of cases) {
      const answer = await t.api(`/sessions/${world.sessionId}/certificates`, { token: manager, body });
      expect([body, answer.statusCode]).toEqual([body, status]);
    }
    const personId = await givenTrainee(t, world);
    const { code } = (await issue(personId)).json<{ code: string }>();
    const names: unknown[] = [
      undefined,
      null,
      'Fatima',
      [],
      {},
      { fr: { given: 'A' } },
      { fr: { given: ' ', family: 'B' } },
      { fr: { given: 'x'.repeat(101), family: 'B' } },
      { fr: { given: 'a\u0000b', family: 'B' } },
    ];
    for (const name of names) {
      const answer = await t.api(`/certificates/${code}/replace`, { token: manager, body: { name } });
      expect([name, answer.statusCode]).toEqual([name, 422]);
    }
    expect(await certificatesOf(personId)).toEqual(['valid']);
  });
});
