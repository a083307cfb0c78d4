import { infoOf, textOf } from '../certificates/pdf-tools.js';
import { submitted } from '../support/forms.js';
import { SelectionWorld } from './world.js';

jest.setTimeout(120_000);

describe('the pages of a selection', () => {
  let s: SelectionWorld;
  beforeAll(async () => (s = await SelectionWorld.make()), 60_000);
  afterAll(() => s.w.t.close());

  const post = (url: string, fields: ReadonlyArray<[string, string]>, token: string) =>
    s.w.t.inject({
      ...{
        method: 'POST',
        url,
        payload: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
      },
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'text/html',
        authorization: `Bearer ${token}`,
      },
    });
  const page = async (path: string, token?: string): Promise<string> => (await s.w.page(path, token)).body;

  it('lead from criteria to a result without a script, and to letters and seats', async () => {
    const call = await s.call();
    const staff = `/fr/staff/calls/${call.slug}`;
    const form = (changes: ReadonlyArray<[string, string]>): Array<[string, string]> => [
      ...(
        [
          ...[
            ['revision', '0'],
            ['places', '1'],
            ['reserve', '1'],
            ['scorers', '1'],
            ['age-min', '١٨'],
          ],
          ...[
            ['c1-fr', 'Motivation'],
            ['c1-ar', 'الدافع'],
            ['c1-weight', '2'],
            ['q1-group', 'gender:female'],
            ['q1-least', '1'],
          ],
        ] as Array<[string, string]>
      ).filter(([name]) => !changes.some(([other]) => other === name)),
      ...changes,
    ];
    const refused = await post(
      `${staff}/selection`,
      form([
        ['c1-ar', ''],
        ['q1-least', 'deux'],
        ['places', ''],
      ]),
      s.manager,
    );
    expect(refused.statusCode).toBe(422);
    for (const control of ['field-c1-ar', 'field-q1-least', 'field-places'])
      expect(refused.body).toContain(`href="#${control}"`);
    expect(refused.body).toContain('value="Motivation"');
    expect((await post(`${staff}/selection`, form([]), s.manager)).statusCode).toBe(303);
    expect((await post(`${staff}/selection`, form([]), s.scorers[0] ?? '')).statusCode).toBe(403);
    const drafted = await page(`${staff}/selection`, s.manager);
    expect(drafted).toContain('Annoncer');
    const kept = submitted(drafted, 'novalidate');
    expect(kept).toEqual(
      expect.arrayContaining([
        ['age-min', '18'],
        ['q1-group', 'gender:female'],
        ['c1-ar', 'الدافع'],
      ]),
    );
    expect((await post(`${staff}/selection/announce`, [['revision', '1']], s.manager)).statusCode).toBe(303);
    const [row] = await s.w.sql<{ hash: string }>('SELECT hash FROM selection WHERE call_id = $1', [call.id]);
    expect(await page(`/fr/calls/${call.slug}`)).toContain(row?.hash);
    expect(await page(`/ar/calls/${call.slug}/selection`)).toContain(row?.hash);

    const sent = await s.sendMany(call, 2);
    const arab = await s.send(call, { f1: 'زربية' }, 'ar');
    await s.close(call);
    const [scorer = ''] = s.scorers;
    const next = await post(`${staff}/screening`, [], scorer);
    const dossier = String(next.headers.location);
    expect(dossier).toMatch(/\/staff\/applications\/[0-9a-f-]{36}\/scores$/);
    expect(await page(dossier, scorer)).not.toContain('Alami');
    const unscored = await post(dossier, [['op', 'save']], scorer);
    expect([unscored.statusCode, unscored.body.includes('href="#field-c1"')]).toEqual([422, true]);
    let path = dossier;
    for (const score of ['5', '3', '1']) {
      const answer = await post(
        path,
        [
          ['c1', score],
          ['note', ''],
          ['op', 'save'],
        ],
        scorer,
      );
      expect(answer.statusCode).toBe(303);
      path = String(answer.headers.location);
    }
    expect(path).toBe(`${staff}/screening`);
    expect(await page(path, scorer)).toContain('3 sur 3');
    expect((await post(`${staff}/screening/close`, [], s.manager)).headers.location).toBe(`${staff}/results`);
    const preview = await page(`${staff}/results`, s.manager);
    expect(preview).toContain('Publier et prévenir');
    const [, digest = ''] = /name="digest" value="([0-9a-f]+)"/.exec(preview) ?? [];
    expect((await s.w.page(`/fr/calls/${call.slug}/results`)).statusCode).toBe(404);
    expect((await post(`${staff}/results/publish`, [['digest', digest]], s.manager)).statusCode).toBe(303);

    const results = await page(`/fr/calls/${call.slug}/results`);
    for (const { dossier: one } of sent) expect(results).toContain(one.number);
    expect(results).not.toContain('Alami');
    expect(await page('/fr/my/applications', sent[0]?.token)).toContain('Votre dossier est retenu');
    expect(await page('/fr/my/applications', sent[1]?.token)).toContain('liste de réserve, au rang 1');
    expect(await page('/ar/my/applications', arab.token)).toContain('لم يقبل ملفكم');

    const changing = `/fr/staff/applications/${arab.dossier.id}/result`;
    const empty = await post(changing, [['outcome', 'selected']], s.manager);
    expect([empty.statusCode, empty.body.includes('href="#field-code"')]).toEqual([422, true]);
    expect(
      (
        await post(
          changing,
          [
            ['outcome', 'selected'],
            ['code', 'place-added'],
          ],
          s.manager,
        )
      ).statusCode,
    ).toBe(303);
    expect(await page(`/fr/calls/${call.slug}/results`)).toContain('place ajoutée');

    const letters = await s.api(`/calls/${call.id}/letters`);
    expect(infoOf(letters.rawPayload).get('Pages')).toBe('3');
    const text = textOf(letters.rawPayload).join('\n');
    for (const part of ['Convocation', sent[0]?.dossier.number, 'Liste de réserve', 'استدعاء'])
      expect(text).toContain(part);
    const one = await s.api(`/applications/${sent[1]?.dossier.id}/letter`);
    expect([infoOf(one.rawPayload).get('Pages'), textOf(one.rawPayload).join(' ')]).toEqual([
      '1',
      expect.stringContaining('rang 1'),
    ]);
    expect((await s.api(`/calls/${call.id}/letters`, undefined, 'GET', scorer)).statusCode).toBe(403);
    expect((await s.api(`/calls/${call.id}/letters?outcome=not-selected`)).statusCode).toBe(404);
  });

  it('give a seat to those who come after two hundred who can get none', async () => {
    const call = await s.call();
    await s.announced(call, { places: 5 });
    const sent = await s.sendMany(call, 2);
    for (const { dossier } of sent)
      await s.w.sql(`UPDATE application SET commune_code = '01.571.01.11' WHERE id = $1`, [dossier.id]);
    await s.close(call);
    await s.published(call, sent, [5, 4]);
    await s.w.sql('UPDATE selection_result SET rank = rank + 1000 WHERE call_id = $1', [call.id]);
    await s.w.sql(
      `WITH people AS (
         INSERT INTO person (id, status, given_fr, family_fr, gender, language, created_at, activated_at)
         SELECT gen_random_uuid(), 'active', 'Loin', 'Sans commune', 'female', 'fr', now(), now() FROM generate_series(1, 201)
         RETURNING id
       ), dossiers AS (
         INSERT INTO application (id, organisation_id, call_id, person_id, n, state, answers, needs, version, created_at, changed_at)
         SELECT gen_random_uuid(), c.organisation_id, c.id, p.id, 100 + row_number() OVER (), 'sent', '{}', '{}', 1, now(), now()
           FROM people p, call c WHERE c.id = $1
         RETURNING id, n
       )
       INSERT INTO selection_result (application_id, call_id, n, first_outcome, outcome, rank, points, draw, reasons)
       SELECT id, $1, n, 'selected', 'selected', n, 9, n::text, '[]' FROM dossiers`,
      [call.id],
    );
    const here = await s.w.world.session({ capacity: 5, city: 'tetouan', date: '2027-06-01' });
    const seated = await s.ok<{ booked: number; left: number; refused: unknown[] }>(
      s.api(`/calls/${call.id}/selection/seats`, { sessions: [here] }, 'POST'),
    );
    expect([seated.booked, seated.left, seated.refused.length]).toEqual([2, 0, 201]);
  });

  it('give the selected a seat by rank, in their own city, and say who got none and why', async () => {
    const call = await s.call();
    await s.announced(call, { places: 5 });
    const sent = await s.sendMany(call, 5);
    const city = ['01.571.01.11', '01.571.01.11', '01.571.01.11', null, '01.571.01.11'];
    for (const [n, { dossier }] of sent.entries())
      await s.w.sql('UPDATE application SET commune_code = $2 WHERE id = $1', [dossier.id, city[n]]);
    await s.close(call);
    const seat = (body: object) => s.api(`/calls/${call.id}/selection/seats`, body, 'POST');
    expect(await s.code(seat({ sessions: [] }))).toEqual([409, 'selection-announced']);
    await s.published(call, sent, [5, 4, 3, 2, 1]);
    const here = await s.w.world.session({ capacity: 2, city: 'tetouan' });
    const there = await s.w.world.session({ capacity: 9, city: 'larache' });
    const past = await s.w.world.session({ date: '2027-01-02' });
    expect(await s.code(seat({ sessions: [] }))).toEqual([422, 'invalid-fields']);
    expect(await s.code(seat({ sessions: [past] }))).toEqual([422, 'invalid-fields']);
    expect(await s.code(seat({ sessions: 'x' }))).toEqual([422, 'invalid-fields']);
    await s.w.sql('UPDATE consent SET withdrawn_at = now() WHERE person_id = $1', [sent[4]?.id]);
    const first = await s.ok(seat({ sessions: [here, there] }));
    expect(first).toEqual({
      ...{ booked: 2, waiting: 1, already: 0, left: 0 },
      refused: [
        { number: sent[3]?.dossier.number, code: 'no-session-in-city' },
        { number: sent[4]?.dossier.number, code: 'training-consent-missing' },
      ],
    });
    const statuses = await s.w.sql(
      'SELECT person_id AS id, status FROM enrolment WHERE session_id = $1 ORDER BY status',
      [here],
    );
    expect(statuses).toEqual(
      expect.arrayContaining([
        { id: sent[0]?.id, status: 'booked' },
        { id: sent[1]?.id, status: 'booked' },
        { id: sent[2]?.id, status: 'waiting' },
      ]),
    );
    const again = await post(
      `/fr/staff/calls/${call.slug}/seats`,
      [
        ['sessions', here],
        ['sessions', there],
        ['elsewhere', '1'],
      ],
      s.manager,
    );
    expect(again.statusCode).toBe(200);
    const [row] = await s.w.sql('SELECT status FROM enrolment WHERE person_id = $1', [sent[3]?.id]);
    expect(row).toEqual({ status: 'booked' });
    const none = await post(`/fr/staff/calls/${call.slug}/seats`, [], s.manager);
    expect([none.statusCode, none.body.includes('au moins une séance')]).toEqual([422, true]);
    const letter = await s.api(`/applications/${sent[0]?.dossier.id}/letter`);
    expect(textOf(letter.rawPayload).join(' ')).toContain('10 mars 2027');
  });
});
