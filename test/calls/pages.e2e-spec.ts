import { codesSent, newPhone, outbox } from '../support/phones.js';
import { submitted } from '../support/forms.js';
import { CallWorld, choice, field, FIELDS, photoWithPlace } from './world.js';

jest.setTimeout(60_000);

type Fields = Array<[string, string | Buffer]>;
/** The same form with other values under some names. */
const filled = (form: Array<[string, string]>, values: Record<string, string | Buffer>): Fields => [
  ...form.filter(([name]) => !(name in values)),
  ...Object.entries(values),
];

describe('the pages of a call', () => {
  let w: CallWorld;
  beforeAll(async () => (w = await CallWorld.make()), 60_000);
  afterAll(() => w.t.close());

  const post = (path: string, fields: Array<[string, string]>, token = w.token) =>
    w.t.inject({
      ...{ method: 'POST', url: path, payload: new URLSearchParams(fields).toString() },
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'text/html',
        authorization: `Bearer ${token}`,
      },
    });

  it('say who asks, why and until when, before and after, and take a form only in between', async () => {
    const soon = await w.published({ opens: w.day(2), closes: w.day(5, '18:00') });
    const before = await w.page(`/fr/calls/${soon.slug}`);
    expect([before.statusCode, before.body.includes('<form class="form"')]).toEqual([200, false]);
    expect(before.body).toContain('Ouvre le');
    const open = await w.published();
    for (const locale of ['fr', 'ar', 'en']) {
      const page = await w.page(`/${locale}/calls/${open.slug}`);
      expect(page.body).toContain('name="website"');
      expect(page.body).toContain('name="training"');
    }
    await w.api(`/calls/${open.id}/closing`, { reason: 'x' });
    const after = await w.page(`/fr/calls/${open.slug}`);
    expect(after.body).toContain('Fermé depuis le');
    const late = await w.form(`/fr/calls/${open.slug}`, [['given', 'A']]);
    expect(late.statusCode).toBe(409);
    expect(late.body).toMatch(/fermé depuis le .*\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/);
  });

  it('lead somebody new through one form, the code and one tap to a dossier', async () => {
    const call = await w.published();
    const phone = newPhone();
    const path = `/fr/calls/${call.slug}`;
    const form = submitted((await w.page(path)).body, 'data-call');
    const answers = {
      given: 'Nadia',
      family: 'Berrada',
      phone,
      training: '1',
      'a-f1': 'Des tapis',
      'a-f5': '01.571.01.11',
      needs: 'child',
      'a-f6': await photoWithPlace(),
    };
    const sent = await w.form(path, filled(form, answers));
    expect(sent.statusCode).toBe(303);
    const onward = String(sent.headers.location);
    expect(await w.sql(`SELECT 1 AS one FROM application WHERE call_id = $1`, [call.id])).toEqual([]);
    const [code = ''] = await codesSent(w.t, phone);
    const challenge = new URL(onward, 'http://x').searchParams.get('challenge') ?? '';
    const next = new URL(onward, 'http://x').searchParams.get('next') ?? '';
    const signedIn = await w.t.inject({
      ...{
        method: 'POST',
        url: '/fr/sign-in/code',
        payload: new URLSearchParams({ challenge, code, next }).toString(),
      },
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    });
    const token = signedIn.cookies.find(({ name }) => name === 'qafila')?.value ?? '';
    expect(signedIn.headers.location).toBe(next);
    const confirm = await w.page(next, token);
    expect(confirm.body).toContain('Des tapis');
    const elsewhere = await w.person();
    expect((await w.page(next, elsewhere.token)).statusCode).toBe(404);
    const draft = new URL(next, 'http://x').searchParams.get('draft') ?? '';
    const done = await post(`${path}/send`, [['draft', draft]], token);
    expect([done.statusCode, done.headers.location]).toEqual([303, '/fr/my/applications']);
    expect((await post(`${path}/send`, [['draft', draft]], token)).statusCode).toBe(404);
    const mine = await w.page('/fr/my/applications', token);
    expect(mine.body).toContain('Tétouan');
    expect((await outbox(w.t, phone)).map(({ template }) => template)).toEqual([
      'calls:sms.received',
      'code',
    ]);
    expect(await w.sql(`SELECT 1 AS one FROM application_draft`)).toEqual([]);
    const [kept] = await w.sql<{ photos: number }>(
      `SELECT count(*)::int AS photos FROM application_photo p JOIN application a ON a.id = p.application_id WHERE a.call_id = $1`,
      [call.id],
    );
    expect(kept?.photos).toBe(1);
  });

  it('keep what was typed on a refusal, and lead to each field', async () => {
    const call = await w.published();
    const answer = await w.form(`/ar/calls/${call.slug}`, [
      ...([
        ['given', 'نادية'],
        ['family', ''],
        ['phone', '12'],
        ['a-f1', ''],
        ['a-f2', 'اثنا عشر'],
        ['a-f3', 'o2'],
        ['needs', 'child'],
      ] as Fields),
    ]);
    expect(answer.statusCode).toBe(422);
    for (const name of ['family', 'phone', 'training', 'a-f1', 'a-f2'])
      expect(answer.body).toContain(`href="#field-${name}"`);
    for (const kept of ['value="نادية"', 'value="اثنا عشر"', 'value="o2" checked', 'value="child" checked'])
      expect(answer.body).toContain(kept);
    const { token } = await w.person();
    const large = await w.form(
      `/fr/calls/${call.slug}`,
      [
        ['a-f1', 'Des mots'],
        ['a-f6', Buffer.concat([await photoWithPlace(), Buffer.alloc(5.1 * 1024 * 1024)])],
      ],
      token,
    );
    expect([large.statusCode, large.body.includes('5 MB'), large.body.includes('Des mots')]).toEqual([
      413,
      true,
      true,
    ]);
  });

  it('take nothing from a machine that fills in every field', async () => {
    const call = await w.published();
    const phone = newPhone();
    const answer = await w.form(`/fr/calls/${call.slug}`, [
      ...([
        ['website', 'http://spam'],
        ['given', 'A'],
        ['family', 'B'],
        ['phone', phone],
        ['training', '1'],
        ['a-f1', 'x'],
      ] as Fields),
    ]);
    expect(answer.statusCode).toBe(303);
    expect(await outbox(w.t, phone)).toEqual([]);
    expect(await w.sql(`SELECT 1 AS one FROM application_draft WHERE call_id = $1`, [call.id])).toEqual([]);
  });

  it('forget after a day, with its picture, what nobody sent', async () => {
    const call = await w.published();
    const fields: Fields = [
      ['given', 'Aya'],
      ['family', 'Sabri'],
      ['phone', newPhone()],
      ['training', '1'],
      ['a-f1', 'x'],
      ['a-f6', await photoWithPlace(311)],
    ];
    expect((await w.form(`/fr/calls/${call.slug}`, fields)).statusCode).toBe(303);
    const drafts = () =>
      w.sql<{ hash: string }>(
        `SELECT p.hash FROM application_draft d JOIN application_photo p ON p.draft_id = d.id WHERE d.call_id = $1`,
        [call.id],
      );
    const [{ hash = '' } = {}] = await drafts();
    await w.sql(
      `UPDATE application_draft SET created_at = created_at - interval '1 day' WHERE call_id = $1`,
      [call.id],
    );
    await w.drafts().forgetOld();
    expect(await drafts()).toEqual([]);
    expect(await w.sql(`SELECT 1 AS one FROM stored_file WHERE hash = $1`, [hash])).toEqual([]);
  });

  it('change and withdraw a dossier of whoever is signed in', async () => {
    const call = await w.published();
    const { token } = await w.person();
    const path = `/fr/calls/${call.slug}`;
    expect(
      (
        await w.form(
          path,
          [
            ['a-f1', 'Premier'],
            ['a-f3', 'o1'],
            ['a-f3', 'o3'],
          ],
          token,
        )
      ).statusCode,
    ).toBe(303);
    const again = await w.page(path, token);
    for (const kept of ['Premier', 'value="o3" checked', 'Enregistrer les changements'])
      expect(again.body).toContain(kept);
    expect((await w.form(path, [['a-f1', 'Carte AB123456']], token)).statusCode).toBe(303);
    const mine = await w.page('/fr/my/applications', token);
    expect(mine.body).toContain('••••••');
    const [, withdraw = ''] = /action="(\/fr\/my\/applications\/[^"]+)"/.exec(mine.body) ?? [];
    expect((await post(withdraw, [], (await w.person()).token)).statusCode).toBe(404);
    expect((await post(withdraw, [], token)).statusCode).toBe(303);
    expect((await w.page('/fr/my/applications', token)).body).toContain('Retiré');
  });

  it('write a call without a script: questions are added, moved and removed, and nothing is kept before it is saved', async () => {
    const path = `/fr/staff/campaigns/${w.world.campaignId}/calls/new`;
    const saved = () => w.sql<{ slug: string }>(`SELECT slug FROM call WHERE title->>'fr' = 'Écrit ici'`);
    let page = (await w.page(path, w.token)).body;
    const texts: Array<[string, string]> = [
      ...([
        ['title-fr', 'Écrit ici'],
        ['title-ar', 'كتب هنا'],
        ['body-fr', 'Pourquoi'],
        ['body-ar', 'لماذا'],
      ] as Array<[string, string]>),
      ...([
        ['opens-date', w.day(1).localDate],
        ['closes-date', w.day(9).localDate],
      ] as Array<[string, string]>),
    ];
    const press = async (op: string, values: Array<[string, string]> = []): Promise<void> => {
      const names = values.map(([name]) => name);
      const form = submitted(page, 'novalidate').filter(([name]) => !names.includes(name));
      const answer = await post(path, [...form, ...values, ['op', op]]);
      page = answer.body || String(answer.headers.location);
    };
    await press('add', texts);
    await press('add', [
      ['f0-label-fr', 'Métier'],
      ['f0-label-ar', 'المهنة'],
      ['f0-type', 'choice'],
      ['f0-options-fr', 'Tapis\nCuir'],
      ['f0-options-ar', 'زرابي\nجلد'],
    ]);
    await press('up:1', [
      ['f1-label-fr', 'N° CIN'],
      ['f1-label-ar', 'رقم'],
    ]);
    expect(page).toMatch(/Question 1<\/strong>[^]*N° CIN[^]*Question 2[^]*Métier/);
    await press('save');
    expect(page).toContain('href="#field-f0-label-fr"');
    expect(await saved()).toEqual([]);
    await press('remove:0');
    await press('save');
    expect(await saved()).toEqual([{ slug: 'ecrit-ici' }]);
    const preview = await w.page('/fr/staff/calls/ecrit-ici/preview', w.token);
    expect(preview.body).toContain('Métier');
    expect((await w.page('/ar/staff/calls/ecrit-ici/preview', w.token)).body).toContain('زرابي');
    expect((await post('/fr/staff/calls/ecrit-ici/publish', [['revision', '1']])).statusCode).toBe(303);
    expect((await w.page('/fr/calls/ecrit-ici')).statusCode).toBe(200);
  });

  it('keep what a second editor typed when somebody else saved first', async () => {
    const call = await w.draft({ fields: [choice(['a', 'b']), field('text')] });
    const path = `/fr/staff/calls/${call.slug}/edit`;
    const form = submitted((await w.page(path, w.token)).body, 'novalidate');
    const save = (title: string) =>
      post(path, [...form.filter(([name]) => name !== 'title-fr'), ['title-fr', title], ['op', 'save']]);
    expect((await save('Premier')).statusCode).toBe(303);
    const second = await save('Deuxième');
    expect([
      second.statusCode,
      second.body.includes('value="Deuxième"'),
      second.body.includes('Quelqu’un d’autre') || second.body.includes('gardé ci-dessous'),
    ]).toEqual([409, true, true]);
  });

  it('serve the desk and the staff, and nobody else', async () => {
    const call = await w.published({ fields: [FIELDS[0]] });
    const desk = `/fr/staff/calls/${call.slug}/desk`;
    const fields: Fields = [
      ['givenFr', 'Kenza'],
      ['familyFr', 'Filali'],
      ['phone', newPhone()],
      ['language', 'fr'],
      ['consent', 'read'],
      ['a-f1', 'Du savon'],
    ];
    const refused = await w.form(
      desk,
      fields.filter(([name]) => name !== 'consent'),
      w.token,
    );
    expect([
      refused.statusCode,
      refused.body.includes('value="Kenza"'),
      refused.body.includes('#field-consent'),
    ]).toEqual([422, true, true]);
    expect((await w.form(desk, fields, w.token)).statusCode).toBe(303);
    const list = await w.page(`/fr/staff/calls/${call.slug}/applications?q=Kenza`, w.token);
    const [, dossier = ''] = /href="(\/fr\/staff\/applications\/[^"]+)"/.exec(list.body) ?? [];
    const page = await w.page(dossier, w.token);
    expect(page.body).toContain('Du savon');
    expect(page.body).toContain('écrit au guichet par');
    const elsewhere = await w.world.staff('coordinator', 'organisation', w.world.otherOrganisationId);
    for (const path of [
      dossier,
      desk,
      `/fr/staff/calls/${call.slug}`,
      `/fr/staff/calls/${call.slug}/edit`,
      `/fr/staff/calls/${call.slug}/applications`,
    ])
      expect([path, (await w.page(path, elsewhere)).statusCode]).toEqual([path, 404]);
  });
});
