import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { infoOf, textOf } from './pdf-tools.js';
import { givenTrainee, givenWorld, type World } from './world.js';

jest.setTimeout(180_000);

const EMPTY = { fr: '', ar: '' };
const NONE = { givenBy: EMPTY, heading: EMPTY, given: EMPTY, reason: EMPTY, note: EMPTY };
const OURS = {
  givenBy: {},
  heading: { fr: 'Attestation de formation', ar: 'شهادة تكوين' },
  given: { fr: 'Cette attestation est remise à', ar: 'تسلم هذه الشهادة إلى' },
  reason: { fr: 'pour avoir suivi et achevé la formation', ar: 'إثر استكمال التكوين في موضوع' },
  note: {},
};
const OWN = {
  givenBy: { fr: 'Convention n° 12/2021', ar: 'في إطار اتفاقية الشراكة' },
  heading: { fr: 'Attestation d’assiduité', ar: 'شهادة المواظبة' },
  given: { fr: 'Le jury atteste que', ar: 'تشهد اللجنة أن' },
  reason: { fr: 'a suivi sans absence', ar: 'قد تابع دون غياب' },
  note: { fr: 'Elle n’est pas un diplôme.', ar: 'وليست دبلوما' },
};

describe('texts of a campaign', () => {
  let t: TestApp;
  let world: World;
  let manager: string;

  beforeAll(async () => (t = await createTestApp()));
  beforeEach(async () => {
    world = await givenWorld(t);
    manager = (await givenStaff(t, 'manager', { kind: 'campaign', id: world.campaignId })).token;
  });
  afterAll(() => t.close());

  const path = (): string => `/campaigns/${world.slug}/certificates/texts`;
  const put = (body: object, token = manager) => t.api(path(), { token, method: 'PUT', body });
  const kept = async (): Promise<unknown> => (await t.api(path(), { token: manager })).json();
  const faultsOf = async (body: object): Promise<unknown[]> => {
    const answer = await put(body);
    const { code, errors } = answer.json<{
      code: string;
      errors?: Array<{ pointer: string; code: string }>;
    }>();
    return [answer.statusCode, errors?.map((one) => `${one.pointer} ${one.code}`).join() ?? code];
  };
  async function issued(): Promise<string> {
    const personId = await givenTrainee(t, world, { fr: ['Amina', 'Alaoui'], ar: ['أمينة', 'العلوي'] });
    const made = await t.api(`/sessions/${world.sessionId}/certificates`, {
      token: manager,
      body: { personId },
    });
    return made.json<{ code: string }>().code;
  }
  const textsOf = async (code: string): Promise<unknown> =>
    (await t.api(`/certificates/${code}`)).json<{ texts: unknown }>().texts;
  const linesOf = async (code: string): Promise<string> => {
    const url = `/v/${code}.pdf`;
    return textOf((await t.inject({ url, headers: { authorization: `Bearer ${manager}` } })).rawPayload).join(
      '\n',
    );
  };
  const pageOf = async (code: string, locale: 'fr' | 'ar' | 'en'): Promise<string> =>
    (await t.inject({ url: `/${locale}/v/${code}`, headers: { accept: 'text/html' } })).body;
  const wordsOf = (texts: Record<string, { fr?: string; ar?: string }>): string[] =>
    Object.values(texts)
      .flatMap(({ fr, ar }) => [fr ?? '', ar ?? ''])
      .filter(Boolean);

  it('are the product’s where a campaign has none, on paper, on the page and as JSON', async () => {
    expect(await kept()).toEqual(NONE);
    const code = await issued();
    expect(await textsOf(code)).toEqual(OURS);
    const [lines, page] = [await linesOf(code), await pageOf(code, 'ar')];
    for (const words of wordsOf(OURS)) {
      expect(lines).toContain(words);
      expect(page).toContain(words);
    }
  });

  it('are printed and shown as the campaign words them, from then on; what is out stays as it was', async () => {
    const before = await issued();
    expect((await put(OWN)).json()).toEqual(OWN);
    expect(await kept()).toEqual(OWN);
    const during = await issued();
    await put({ ...OWN, heading: { fr: 'Diplôme', ar: 'دبلوم' } });
    const after = await issued();
    expect([await textsOf(before), await textsOf(during)]).toEqual([OURS, OWN]);
    expect(await linesOf(before)).not.toContain('assiduité');
    for (const words of wordsOf(OWN)) expect(await linesOf(during)).toContain(words);
    for (const locale of ['fr', 'ar', 'en'] as const)
      for (const words of wordsOf(OWN)) expect(await pageOf(during, locale)).toContain(words);
    expect(await pageOf(during, 'fr')).not.toMatch(/Diplôme|Attestation de formation</);
    expect(await linesOf(after)).toContain('Diplôme');
    // A new name prints what the old one printed, as with signatures.
    const name = { fr: { given: 'Salma', family: 'Bennani' } };
    const fixed = await t.api(`/certificates/${during}/replace`, { token: manager, body: { name } });
    const { code } = fixed.json<{ code: string }>();
    expect(await textsOf(code)).toEqual(OWN);
    expect(await linesOf(code)).toContain('Attestation d’assiduité');
    expect(await linesOf(code)).toContain('Salma Bennani');
  });

  it('that show nothing are none, and null is nothing said', async () => {
    for (const nothing of ['\u200d', '\u0301', '\u3164', ' \u200c\ufe0f '])
      expect((await put({ heading: { fr: nothing, ar: nothing } })).json()).toEqual(NONE);
    expect((await put({ heading: null } as never)).statusCode).toBe(200);
    expect(await kept()).toEqual(NONE);
  });

  it('of signatures are tried on a sheet, too: a letter that no font has is said of its line', async () => {
    const sign = (nameFr1: string) =>
      t.inject({
        ...{ method: 'POST', url: `/fr/staff/campaigns/${world.slug}/certificates/signatures` },
        headers: {
          authorization: `Bearer ${manager}`,
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: new URLSearchParams({ nameFr1, nameAr1: 'علي', roleFr1: '', roleAr1: '' }).toString(),
      });
    const refused = await sign('Ali 한');
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toMatch(/href="#field-nameFr1"[^]*한[^]*Retirez-les/);
    expect((await sign('\u202eAli')).statusCode).toBe(303);
    const code = await issued();
    const { signatories } = (await t.api(`/certificates/${code}`)).json<{ signatories: object[] }>();
    expect(signatories).toEqual([{ name: { fr: 'Ali', ar: 'علي' }, role: { fr: '', ar: '' } }]);
  });

  it('are left out in the script in which nobody wrote them, never made from the other', async () => {
    await put({ heading: { fr: 'Attestation d’assiduité' }, reason: { ar: 'قد تابع دون غياب' } });
    const code = await issued();
    expect(await textsOf(code)).toEqual({
      ...OURS,
      heading: { fr: 'Attestation d’assiduité' },
      reason: { ar: 'قد تابع دون غياب' },
    });
    const lines = await linesOf(code);
    for (const gone of ['شهادة تكوين', 'pour avoir suivi']) expect(lines).not.toContain(gone);
    expect(lines).toContain('قد تابع دون غياب');
    const pdf = await t.inject({ url: `/v/${code}.pdf`, headers: { authorization: `Bearer ${manager}` } });
    expect(infoOf(pdf.rawPayload).get('Title')).toBe('Attestation d’assiduité · Amina Alaoui · أمينة العلوي');
  });

  it('of a certificate from before campaigns worded them are the product’s', async () => {
    const code = await issued();
    await t.db.write(
      'test.beforeTexts',
      `UPDATE certificate SET frozen = frozen - 'texts' - 'logos' WHERE code = $1`,
      [code],
    );
    const { texts, logos } = (await t.api(`/certificates/${code}`)).json<{
      texts: unknown;
      logos: unknown;
    }>();
    expect([texts, logos]).toEqual([OURS, []]);
    expect(await pageOf(code, 'fr')).toContain('pour avoir suivi et achevé la formation');
    const name = { fr: { given: 'Salma', family: 'Bennani' } };
    const fixed = await t.api(`/certificates/${code}/replace`, { token: manager, body: { name } });
    expect(await linesOf(fixed.json<{ code: string }>().code)).toContain('شهادة تكوين');
  });

  it('are text, whatever they look like', async () => {
    const note = { fr: '<script>alert(1)</script> #panic("x") $1$ *gras*', ar: '<b>نص</b> #text(9pt)[x]' };
    expect((await put({ note })).statusCode).toBe(200);
    const code = await issued();
    const lines = (await linesOf(code)).replaceAll('\n', ' ');
    expect(lines).toContain('<script>alert(1)</script> #panic("x") $1$ *gras*');
    const page = await pageOf(code, 'fr');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('lose marks that turn the direction of what follows, and other things nobody sees', async () => {
    const heading = { fr: '\u202eAttestation\u2066 \u00a0de\r\nsuivi\u200f\ufeff', ar: '\u2067شهادة\u2069' };
    expect((await put({ heading })).json()).toMatchObject({
      heading: { fr: 'Attestation de suivi', ar: 'شهادة' },
    });
    expect((await put({ heading: { fr: '\u202e\u200f', ar: ' ' } })).json()).toEqual(NONE);
    expect(await kept()).toEqual(NONE);
  });

  it('are refused when they are too long, too wide, or not in our letters; nothing of them is kept', async () => {
    const text = (fr: string) => ({ heading: { fr } });
    expect(await faultsOf(text('x'.repeat(61)))).toEqual([422, '/heading/fr longer-than']);
    expect(await faultsOf({ note: { ar: 'ب'.repeat(10_000) } })).toEqual([422, '/note/ar longer-than']);
    expect(await faultsOf(text('W'.repeat(60)))).toEqual([422, '/heading/fr certificate-text-too-wide']);
    expect(await faultsOf({ given: { ar: 'ش'.repeat(80) } })).toEqual([
      422,
      '/given/ar certificate-text-too-wide',
    ]);
    expect(await faultsOf({ heading: { fr: 'Bravo 😀' }, note: { fr: 'a 𝕏 😀' } })).toEqual([
      422,
      '/heading/fr certificate-letters,/note/fr certificate-letters',
    ]);
    expect(await faultsOf(text('a\0b'))).toEqual([422, '/heading/fr not-unicode']);
    expect(await faultsOf({ heading: 'x' })).toEqual([422, '/heading not-an-object']);
    expect(await faultsOf({ heading: { fr: 7 } })).toEqual([422, '/heading/fr not-text']);
    expect(await faultsOf({ headings: { fr: 'x' } })).toEqual([422, '/headings unknown-field']);
    expect(await kept()).toEqual(NONE);
  });

  it('of the longest kind all fit on one page together, at sizes that can be read', async () => {
    const long = (words: string, max: number): string => {
      let text = words;
      while ([...`${text} ${words}`].length <= max) text += ` ${words}`;
      return text;
    };
    const texts = {
      givenBy: { fr: long('dans le cadre de la convention', 120), ar: long('في إطار الاتفاقية', 120) },
      heading: { fr: long('Attestation de participation', 60), ar: long('شهادة المشاركة', 60) },
      given: { fr: long('Nous attestons que', 80), ar: long('نشهد نحن أن', 80) },
      reason: { fr: long('a suivi la formation', 120), ar: long('قد تابع التكوين', 120) },
      note: { fr: long('Ce n’est pas un diplôme.', 240), ar: long('ليست دبلوما.', 240) },
    };
    expect((await put(texts)).json()).toEqual(texts);
    const code = await issued();
    const url = `/v/${code}.pdf`;
    const pdf = (await t.inject({ url, headers: { authorization: `Bearer ${manager}` } })).rawPayload;
    expect(infoOf(pdf).get('Pages')).toBe('1');
    const words = textOf(pdf).join(' ');
    for (const word of wordsOf(texts).flatMap((one) => one.split(' '))) expect(words).toContain(word);
  });

  it('are one set, also when several save at once', async () => {
    const set = (n: number) => ({ heading: { fr: `Titre ${n}` }, note: { fr: `Note ${n}` } });
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => put(set(n))));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200));
    const { heading, note } = (await kept()) as typeof OWN;
    expect(note.fr).toBe(heading.fr.replace('Titre', 'Note'));
  });

  it('are the business of those who issue in the campaign, and leave a trace', async () => {
    const other = await givenWorld(t);
    const foreign = (await givenStaff(t, 'manager', { kind: 'campaign', id: other.campaignId })).token;
    expect((await put(OWN, foreign)).statusCode).toBe(404);
    expect((await t.api(path(), { token: foreign })).statusCode).toBe(404);
    for (const role of ['trainer', 'auditor', 'funder'] as const) {
      const { token } = await givenStaff(t, role, { kind: 'campaign', id: world.campaignId });
      expect([role, (await put(OWN, token)).statusCode]).toEqual([role, 403]);
      expect([role, (await t.api(path(), { token })).statusCode]).toEqual([role, 403]);
    }
    const { token, id } = await givenStaff(t, 'coordinator', { kind: 'campaign', id: world.campaignId });
    await put({ heading: OWN.heading, note: OWN.note }, token);
    const row = await t.db.readOne<{ by: string; texts: string }>(
      'test.textsAudit',
      `SELECT actor_id AS by, facts->>'texts' AS texts FROM audit_event WHERE subject_id = $1 AND action = 'certificates.texts'`,
      [world.campaignId],
    );
    expect(row).toEqual({ by: id, texts: 'heading,note' });
  });
});
