import fc from 'fast-check';
import { ImportService } from '../../src/nominations/public.js';
import { newId } from '../../src/shared/new-id.js';
import { askCode, outbox, signIn, signUp } from '../support/phones.js';
import { type ImportAnswer, ImportWorld } from './world.js';

jest.setTimeout(60_000);

const HEAD = 'Téléphone;Prénom;Nom;Sexe;Année de naissance;Ville';
const BOTH = `${HEAD}\n0612000001;Amina;Alaoui;femme;1985;Tétouan\n0612000002;Bahia;Alaoui;;;\n`;

describe('an import', () => {
  let first: ImportWorld;
  let w: ImportWorld;
  beforeAll(async () => (first = await ImportWorld.make()), 60_000);
  beforeEach(async () => {
    // Numbers of one test are nobody's in the next.
    await first.sql(`DELETE FROM nomination`);
    await first.sql(`DELETE FROM person WHERE status = 'nominated'`);
    w = await ImportWorld.in(first.t);
  });
  afterAll(() => first.t.close());

  const applied = async (file: string | Buffer): Promise<ImportAnswer> => {
    const { id } = await w.preview(file);
    const answer = await w.confirm(id);
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return answer.json();
  };
  /** Sign-ins end as well when the clock moves: the import is made a day older instead. */
  const aDayLater = (id: string): Promise<unknown> =>
    w.sql(
      `UPDATE people_import SET created_at = created_at - interval '1 day', applied_at = applied_at - interval '1 day' WHERE id = $1`,
      [id],
    );
  const statuses = (): Promise<Array<{ status: string; consents: number }>> =>
    w.sql(
      `SELECT p.status, (SELECT count(*)::int FROM consent c WHERE c.person_id = p.id) AS consents
         FROM nomination n JOIN person p ON p.id = n.person_id WHERE n.campaign_id = $1 ORDER BY n.given_fr`,
      [w.world.campaignId],
    );

  it('writes nobody before it is confirmed, then people who are known and have agreed to nothing', async () => {
    const before = await w.written();
    const { id, columns, counts } = await w.preview(BOTH);
    expect(columns.map(({ field }) => field)).toEqual([
      'phone',
      'givenFr',
      'familyFr',
      'gender',
      'birthYear',
      'city',
    ]);
    expect(counts).toEqual({ create: 2, update: 0, same: 0, error: 0 });
    expect(await w.written()).toEqual(before);
    expect((await w.confirm(id)).json()).toMatchObject({ state: 'applied', counts: { create: 2 } });
    expect(await statuses()).toEqual(Array(2).fill({ status: 'nominated', consents: 0 }));
    const phones = await w.sql(`SELECT verified_at FROM phone WHERE e164 = '+212612000001'`);
    expect(phones).toEqual([{ verified_at: null }]);
    const facts = await w.sql<{ action: string; facts: object }>(
      `SELECT action, facts FROM audit_event WHERE subject_id = $1`,
      [id],
    );
    const { campaignId } = w.world;
    expect(facts).toEqual([
      { action: 'people.import', facts: { campaignId, create: 2, update: 0, same: 0, error: 0 } },
    ]);
  });

  it('takes all rows or none, or those without an error, and gives back the others to be mended', async () => {
    const { id } = await w.preview(`${BOTH}2,12613E+11;Chama;"Alaoui;El ""K""";;;\n`);
    const before = await w.written();
    const all = await w.confirm(id);
    expect([all.statusCode, all.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'import-has-errors', rows: 1 }),
    ]);
    expect(await w.written()).toEqual(before);
    expect((await w.confirm(id, 'valid')).json()).toMatchObject({ counts: { create: 2, error: 1 } });
    const file = (await w.call(id, '/errors.csv?lang=fr')).body;
    expect(file.split('\r\n')[0]).toContain('Erreur');
    const mended = file.replace(/"?2,12613E\+11"?/, '06 12 00 00 03');
    expect((await applied(Buffer.from(mended))).counts).toEqual({ create: 1, update: 0, same: 0, error: 0 });
  });

  it('can be told what a column holds', async () => {
    const { id, columns, counts } = await w.preview('A;B;C\n0612000001;Amina;Alaoui\n');
    expect([columns.map(({ field }) => field), counts.error]).toEqual([[null, null, null], 1]);
    const early = await w.confirm(id, 'valid');
    expect([early.statusCode, early.json<{ errors: object[] }>().errors]).toMatchObject([
      422,
      [{ code: 'column-phone-missing' }],
    ]);
    const choose = (fields: string[]) =>
      w.t.api(`/people/imports/${id}/columns`, { token: w.token, method: 'PUT', body: { columns: fields } });
    expect((await choose(['phone', 'phone', 'givenFr'])).statusCode).toBe(422);
    expect((await choose(['phone', 'givenFr'])).statusCode).toBe(422);
    const chosen = (await choose(['phone', 'givenFr', 'familyFr'])).json<ImportAnswer>();
    expect(chosen.counts).toEqual({ create: 1, update: 0, same: 0, error: 0 });
    expect((await w.confirm(id)).statusCode).toBe(200);
  });

  it('updates what the organisation wrote itself, and leaves alone what the file does not say', async () => {
    await applied(BOTH);
    const again = await applied(`${HEAD}\n0612000001;AMINA;Alaoui;;1986;\n0612000002;Bahia;Alaoui;;;\n`);
    expect(again.counts).toEqual({ create: 0, update: 1, same: 1, error: 0 });
    const copy = `SELECT given_fr, birth_year, city_slug, gender FROM nomination WHERE campaign_id = $1 AND given_fr ILIKE 'amina'`;
    expect(await w.sql(copy, [w.world.campaignId])).toEqual([
      { given_fr: 'AMINA', birth_year: 1986, city_slug: 'tetouan', gender: 'female' },
    ]);
    expect((await w.call(again.id, '/undo', {})).statusCode).toBe(200);
    expect(await w.sql(copy, [w.world.campaignId])).toEqual([
      { given_fr: 'Amina', birth_year: 1985, city_slug: 'tetouan', gender: 'female' },
    ]);
  });

  it('fills in what somebody with a seat left open, and never writes over what they said', async () => {
    const session = await w.world.session();
    const person = await w.world.person();
    await w.t.api(`/sessions/${session}/enrolments`, { token: person.token, body: {} });
    const out = (await w.export()).toString();
    expect(out).toContain('Femme,1990');
    const changed = out.replace('Femme,1990,,', 'Homme,1970,,Tétouan').replace('Fatima', 'Fatiha');
    const { id, counts } = await w.preview(changed);
    expect(counts).toEqual({ create: 0, update: 1, same: 0, error: 0 });
    const notes = (await w.rows(id))[0]?.notes.map(({ pointer }) => pointer);
    expect(notes).toEqual(expect.arrayContaining(['/gender', '/birthYear', '/givenFr']));
    await w.confirm(id);
    const row = `SELECT given_fr, gender, birth_year, city_slug FROM person WHERE id = $1`;
    const own = { given_fr: 'Fatima', gender: 'female', birth_year: 1990 };
    expect(await w.sql(row, [person.id])).toEqual([{ ...own, city_slug: 'tetouan' }]);
    await w.call(id, '/undo', {});
    expect(await w.sql(row, [person.id])).toEqual([{ ...own, city_slug: null }]);
  });

  it('is undone within a day: whoever it brought is gone, whoever signed up since stays', async () => {
    const before = await w.written();
    const { id } = await applied(`${BOTH}0612777001;Dounia;Alaoui;;;\n`);
    await signUp(w.t, '+212612777001', { name: { fr: { given: 'Dounia', family: 'Alaoui' } } });
    const { people } = await signIn(w.t, '+212612777001');
    expect(await statuses()).toEqual([
      { status: 'nominated', consents: 0 },
      { status: 'nominated', consents: 0 },
      { status: 'active', consents: 2 },
    ]);
    expect((await w.call(id, '/undo', {})).json()).toMatchObject({ state: 'undone' });
    const after = await w.written();
    expect([after.people, after.links, after.nominations]).toEqual([
      before.people + 1,
      before.links + 1,
      before.nominations,
    ]);
    expect(await w.sql(`SELECT status FROM person WHERE id = $1`, [people[0]?.id])).toEqual([
      { status: 'active' },
    ]);
    const again = await w.call(id, '/undo', {});
    expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, 'import-undone']);
    const late = await applied(BOTH);
    await aDayLater(late.id);
    expect((await w.call(late.id, '/undo', {})).json<{ code: string }>().code).toBe('import-kept');
  });

  it('knows somebody again who signs up after they were named, and who was there before', async () => {
    await signUp(w.t, '+212612888001', { name: { fr: { given: 'Hanan', family: 'Alaoui' } } });
    const { people } = await signIn(w.t, '+212612888001');
    const preview = await w.preview(`${HEAD}\n0612888001;Hanan;Alaoui;homme;1970;\n`);
    // That others know her, and what she said, is not told.
    expect(preview.counts).toEqual({ create: 1, update: 0, same: 0, error: 0 });
    await w.confirm(preview.id);
    expect(
      await w.sql(`SELECT person_id FROM nomination WHERE campaign_id = $1`, [w.world.campaignId]),
    ).toEqual([{ person_id: people[0]?.id }]);
    const out = (await w.export()).toString();
    expect(out).toContain('Homme,1970');
    expect(await w.sql(`SELECT gender FROM person WHERE id = $1`, [people[0]?.id])).toEqual([
      { gender: 'female' },
    ]);
  });

  it('gives those it names no way in: no sign-in, no seat, no message', async () => {
    await applied(BOTH);
    const session = await w.world.session();
    const [person] = await w.sql<{ id: string }>(
      `SELECT person_id AS id FROM nomination WHERE campaign_id = $1 LIMIT 1`,
      [w.world.campaignId],
    );
    const seat = await w.t.api(`/sessions/${session}/enrolments`, {
      token: w.token,
      body: { personId: person?.id },
    });
    expect(seat.statusCode).toBe(409);
    await askCode(w.t, '+212612000001');
    expect((await outbox(w.t, '+212612000001')).map(({ template }) => template)).toEqual(['no-account']);
  });

  it('is done once, whoever confirms at the same moment', async () => {
    const { id } = await w.preview(BOTH);
    const answers = await Promise.all([1, 2, 3, 4].map(() => w.confirm(id)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409]);
    expect(await statuses()).toHaveLength(2);
  });

  it('meets its undoing in one order or the other', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { id } = await w.preview(BOTH);
      const [confirmed, undone] = await Promise.all([w.confirm(id), w.call(id, '/undo', {})]);
      expect(confirmed.statusCode).toBe(200);
      expect([200, 409]).toContain(undone.statusCode);
      expect(await statuses()).toHaveLength(undone.statusCode === 200 ? 0 : 2);
      if (undone.statusCode === 409) await w.call(id, '/undo', {});
    }
  });

  it('beside others with the same new numbers makes each person once', async () => {
    const lines = Array.from(
      { length: 40 },
      (_, n) => `06129990${String(n).padStart(2, '0')};P${n}x;Alaoui;;;`,
    );
    const here = await Promise.all(
      [lines, [...lines].reverse()].map((rows) => w.preview(`${HEAD}\n${rows.join('\n')}`)),
    );
    const other = await ImportWorld.in(first.t);
    const there = await other.preview(`${HEAD}\n${[...lines].reverse().join('\n')}`);
    const before = await w.written();
    const answers = await Promise.all([...here.map(({ id }) => w.confirm(id)), other.confirm(there.id)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(await w.written()).toEqual({
      people: before.people + 40,
      phones: before.phones + 40,
      links: before.links + 40,
      nominations: before.nominations + 80,
    });
    const counts = answers.slice(0, 2).map((answer) => answer.json<ImportAnswer>().counts);
    expect(counts.map(({ create, same }) => [create, same]).sort()).toEqual([
      [0, 40],
      [40, 0],
    ]);
  });

  it('keeps no row of a file longer than it can be undone', async () => {
    const waiting = await w.preview(BOTH);
    const done = await applied(BOTH);
    const taken = await w.preview(BOTH);
    for (const { id } of [waiting, done, taken]) await aDayLater(id);
    const late = await w.confirm(taken.id);
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'import-lapsed']);
    await w.t.app.get(ImportService).forgetOld();
    const ids = [waiting.id, done.id, taken.id];
    expect(await w.sql(`SELECT n FROM people_import_row WHERE import_id = ANY($1)`, [ids])).toEqual([]);
    const left = await w.sql(`SELECT state, header FROM people_import WHERE id = ANY($1) ORDER BY state`, [
      ids,
    ]);
    expect(left).toEqual(['kept', 'lapsed', 'lapsed'].map((state) => ({ state, header: [] })));
  });

  it('is nobody else’s business: 404 for a campaign and an import of others', async () => {
    const { id } = await w.preview(BOTH);
    const other = await ImportWorld.in(first.t);
    const stranger = other.token;
    const answers = [
      await w.send(BOTH, 'dryRun=1', { token: stranger }),
      await w.t.api(`/people/export?campaign=${w.world.campaignId}`, { token: stranger }),
      await w.t.api(`/people/imports/${id}`, { token: stranger }),
      await w.t.api(`/people/imports/${id}/rows`, { token: stranger }),
      await w.t.api(`/people/imports/${id}/errors.csv`, { token: stranger }),
      await w.t.api(`/people/imports/${id}/confirm`, { token: stranger, body: {} }),
      await w.t.api(`/people/imports/${id}/undo`, { token: stranger, body: {} }),
      await w.t.api(`/people/imports/${newId()}`, { token: stranger }),
      await w.t.inject({ url: `/fr/staff/imports/${id}`, headers: { authorization: `Bearer ${stranger}` } }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(9).fill(404));
    const auditor = await w.world.staff('auditor', 'organisation', w.world.organisationId);
    expect((await w.send(BOTH, 'dryRun=1', { token: auditor })).statusCode).toBe(403);
    const foreign = await other.preview(`Identifiant Qafila;Prénom;Nom\n${newId()};A;B\n`);
    expect((await other.rows(foreign.id))[0]?.problems[0]?.code).toBe('person-unknown');
  });

  it('reads back what was exported as the same, whatever names and answers people have', async () => {
    const session = await w.world.session({ capacity: 100 });
    for (const person of await w.world.persons(3))
      await w.t.api(`/sessions/${session}/enrolments`, { token: person.token, body: {} });
    const sign = fc.oneof(
      fc.constantFrom("'", '=', '"', ';', ',', '\n', '\r', '-', '_x0041_', 'ع', '😀', 'é', '\u200f', '\t'),
      fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 2 })
        .filter((text) => !/[\0\p{Surrogate}]/u.test(text)),
    );
    const name = fc
      .array(sign, { maxLength: 8 })
      .map((signs) => `${signs[0] ?? ''}x${signs.slice(1).join('')}`);
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 5 }), async (names) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const rows = names.map(([given, family]) => {
          n += 1;
          return [
            `0611${String(n).padStart(6, '0')}`,
            `${given}`,
            `${family}`,
            ['femme', 'homme', ''][n % 3] ?? '',
            '1985',
            'Tétouan',
          ]
            .map(quoted)
            .join(';');
        });
        await applied(`${HEAD}\n${rows.join('\n')}\n`);
        for (const format of ['csv', 'xlsx'] as const) {
          for (const lang of ['fr', 'ar', 'en']) {
            const { counts, id } = await w.preview(await w.export(format, lang));
            if (counts.update + counts.error > 0)
              throw new Error(JSON.stringify([format, lang, await w.rows(id)]));
            expect(counts).toEqual({ create: 0, update: 0, same: n + 3, error: 0 });
          }
        }
      }),
      { numRuns: 6 },
    );
  });
});
