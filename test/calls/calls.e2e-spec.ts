import { readXlsx } from '../../src/shared/tables/xlsx-reader.js';
import { infoOf, textOf } from '../certificates/pdf-tools.js';
import { outbox } from '../support/phones.js';
import { type ApplicationAnswer, type CallAnswer, CallWorld, choice, field } from './world.js';

jest.setTimeout(60_000);

interface Problem {
  code: string;
  errors?: Array<{ pointer: string; code: string }>;
}

describe('a call', () => {
  let w: CallWorld;
  beforeAll(async () => (w = await CallWorld.make()), 60_000);
  afterAll(() => w.t.close());

  const refusal = async (changes: object): Promise<string[]> => {
    const answer = await w.api(`/campaigns/${w.world.campaignId}/calls`, w.design(changes));
    return [
      String(answer.statusCode),
      ...(answer.json<Problem>().errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
    ];
  };
  const code = async (answer: Promise<{ statusCode: number; json<T>(): T }>): Promise<unknown[]> => {
    const { statusCode, json } = await answer;
    return [statusCode, json<Problem>().code];
  };

  it('is refused with everything that is wrong with its design', async () => {
    expect(await refusal({ fields: Array(21).fill(field('text')) })).toEqual([
      '422',
      '/fields call-too-many-fields',
    ]);
    expect(await refusal({ fields: Array(4).fill(field('photo')) })).toEqual([
      '422',
      '/fields call-too-many-photos',
    ]);
    expect(await refusal({ fields: [choice([]), choice(['a']), field('film')] })).toEqual([
      '422',
      '/fields/0/options call-options',
      '/fields/1/options call-options',
      '/fields/2/type not-a-choice',
    ]);
    expect(
      await refusal({
        fields: [
          field('text', { label: { fr: 'N° CIN', ar: 'رقم' } }),
          field('text', { help: { fr: 'x', ar: 'رقم البطاقة الوطنية' } }),
        ],
      }),
    ).toEqual([
      '422',
      '/fields/0/label/fr asks-for-identity-card',
      '/fields/1/help/ar asks-for-identity-card',
    ]);
    expect(
      await refusal({
        title: { fr: 'x', ar: '' },
        body: 'y',
        fields: [field('text', { id: 'f1' }), field('text', { id: 'f1' })],
      }),
    ).toEqual([
      '422',
      '/title/ar required',
      '/body/fr required',
      '/body/ar required',
      '/fields/1/id given-twice',
    ]);
    expect(await refusal({ opens: w.day(3), closes: w.day(2) })).toEqual([
      '422',
      '/closes/localDate call-closes-before-it-opens',
    ]);
    expect(
      await refusal({
        opens: { localDate: '2027-02-30', localTime: '09:00' },
        closes: { localDate: '2027-03-01', localTime: '25:00' },
      }),
    ).toEqual(['422', '/opens/localDate not-a-date', '/closes/localTime not-a-time']);
    expect(await refusal({ title: { fr: 'a\0', ar: 'x'.repeat(121) } })).toEqual([
      '422',
      '/title/fr not-unicode',
      '/title/ar longer-than',
    ]);
  });

  it('is a draft for its staff only, then public, with its questions frozen but for their words', async () => {
    const draft = await w.draft();
    const elsewhere = await w.world.staff('coordinator', 'organisation', w.world.otherOrganisationId);
    const public_ = () => w.t.api(`/calls/${draft.slug}`);
    expect((await public_()).statusCode).toBe(404);
    for (const [path, body, method] of [
      [`/calls/${draft.id}`, undefined, 'GET'],
      [`/calls/${draft.id}`, { ...w.design(), revision: 1 }, 'PUT'],
      [`/calls/${draft.id}/publish`, {}, 'POST'],
      [`/calls/${draft.id}/closing`, { reason: 'x' }, 'POST'],
      [`/calls/${draft.id}/applications`, undefined, 'GET'],
      [`/calls/${draft.id}/applications/export`, undefined, 'GET'],
      [`/calls/${draft.id}/applications/assisted`, {}, 'POST'],
      [`/campaigns/${w.world.campaignId}/calls`, w.design(), 'POST'],
    ] as const)
      expect([path, method, (await w.api(path, body, method, elsewhere)).statusCode]).toEqual([
        path,
        method,
        404,
      ]);
    const published = (
      await w.api(`/calls/${draft.id}/publish`, { revision: draft.revision })
    ).json<CallAnswer>();
    expect((await public_()).json()).not.toHaveProperty('applications');
    const words = {
      ...w.design({ title: { fr: 'Autre titre', ar: 'عنوان آخر' } }),
      fields: published.fields,
      revision: published.revision,
    };
    const reworded = await w.api(`/calls/${draft.id}`, words, 'PUT');
    expect([reworded.statusCode, reworded.json<{ title: object }>().title]).toEqual([
      200,
      { fr: 'Autre titre', ar: 'عنوان آخر', en: null },
    ]);
    const { revision } = reworded.json<CallAnswer>();
    const fewer = { ...words, fields: published.fields.slice(1), revision };
    expect(await code(w.api(`/calls/${draft.id}`, fewer, 'PUT'))).toEqual([409, 'call-fields-frozen']);
    expect(await code(w.api(`/calls/${draft.id}/publish`, {}))).toEqual([409, 'call-published']);
    const actions = await w.sql<{ action: string }>(
      `SELECT action FROM audit_event WHERE subject_id = $1 ORDER BY seq`,
      [draft.id],
    );
    expect(actions.map(({ action }) => action)).toEqual(['call.create', 'call.publish', 'call.reword']);
  });

  it('saved by two at once keeps one of both, and tells the other', async () => {
    const draft = await w.draft();
    const save = (title: string) =>
      w.api(
        `/calls/${draft.id}`,
        { ...w.design({ title: { fr: title, ar: title } }), revision: draft.revision },
        'PUT',
      );
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(save));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409]);
    expect(answers.find(({ statusCode }) => statusCode === 409)?.json<Problem>().code).toBe('call-changed');
  });

  it('is closed early and extended with a reason that stays', async () => {
    const call = await w.published();
    expect((await w.api(`/calls/${call.id}/closing`, { reason: ' ' })).statusCode).toBe(422);
    const closed = (await w.api(`/calls/${call.id}/closing`, { reason: 'Complet' })).json<CallAnswer>();
    expect([closed.phase, Date.parse(closed.closesAt)]).toEqual(['closed', w.t.clock.now().getTime()]);
    const later = (
      await w.api(`/calls/${call.id}/closing`, { reason: 'Encore', closes: w.day(5) })
    ).json<CallAnswer>();
    expect(later.phase).toBe('open');
    expect(
      await w.sql(`SELECT n, reason FROM call_closing WHERE call_id = $1 ORDER BY n`, [call.id]),
    ).toEqual([
      { n: 1, reason: 'Complet' },
      { n: 2, reason: 'Encore' },
    ]);
    const draft = await w.draft();
    expect(await code(w.api(`/calls/${draft.id}/closing`, { reason: 'x' }))).toEqual([
      409,
      'call-not-published',
    ]);
  });

  it('opens and closes at the hours of Morocco', async () => {
    const call = await w.draft({
      opens: { localDate: '2025-02-23', localTime: '09:00' },
      closes: { localDate: '2026-12-14', localTime: '09:00' },
    });
    expect(call).toMatchObject({
      opensAt: '2025-02-23T09:00:00.000Z',
      closesAt: '2026-12-14T09:00:00.000Z',
      zone: 'Africa/Casablanca',
    });
  });

  it('has a list of dossiers that is searched, filtered and paged', async () => {
    const call = await w.published();
    const people = await Promise.all(Array.from({ length: 5 }, () => w.person()));
    await w.sql(
      `UPDATE person SET given_fr = 'Zineb', given_ar = 'زينب', family_ar = 'العلوي' WHERE id = $1`,
      [people[2]?.id],
    );
    const numbers: string[] = [];
    for (const [n, { token }] of people.entries()) {
      const place = n < 2 ? { f5: '01.571.01.11' } : {};
      numbers.push((await w.sent(call.id, token, { f1: 'x', ...place }, n === 4 ? ['child'] : [])).number);
      w.t.clock.set(new Date(w.t.clock.now().getTime() + 1000));
    }
    const found = async (query: string): Promise<string[]> => {
      const { items } = (await w.api(`/calls/${call.id}/applications?${query}`)).json<{
        items: ApplicationAnswer[];
      }>();
      return items.map(({ number }) => number).sort();
    };
    expect(await found('commune=01.571.01.11')).toEqual(numbers.slice(0, 2));
    expect(await found('need=child')).toEqual([numbers[4]]);
    expect(await found('state=withdrawn')).toEqual([]);
    expect(await found('q=zine')).toEqual([numbers[2]]);
    expect(await found(`q=${encodeURIComponent('زينب')}`)).toEqual([numbers[2]]);
    expect(await found(`q=${numbers[3]}`)).toEqual([numbers[3]]);
    expect(await found(`q=${encodeURIComponent(people[1]?.e164.replace('+212', '0') ?? '')}`)).toEqual([
      numbers[1],
    ]);
    expect(await found('q=%25')).toEqual([]);
    const beyond = (numbers[3] ?? '').replace(/-.*/, '-12345');
    await w.sql(`UPDATE application SET n = 12345 WHERE call_id = $1 AND n = 4`, [call.id]);
    expect(await found(`q=${beyond}`)).toEqual([beyond]);
    expect(await found(`q=${beyond.slice(0, -1)}`)).toEqual([]);
    await w.sql(`UPDATE application SET n = 4 WHERE call_id = $1 AND n = 12345`, [call.id]);
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/calls/${call.id}/applications?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      const page: { items: ApplicationAnswer[]; next: string | null } = (await w.api(path)).json();
      pages.push(...page.items.map(({ number }) => number));
      cursor = page.next;
    }
    expect(pages).toEqual([...numbers].reverse());
  });

  it('has a file of dossiers that no spreadsheet runs', async () => {
    const call = await w.published({ fields: [field('text', { label: { fr: '=Question', ar: 'سؤال' } })] });
    const { token } = await w.person();
    const { number } = await w.sent(call.id, token, { f1: '=HYPERLINK("http://x")' });
    const file = (query: string) => w.api(`/calls/${call.id}/applications/export?${query}`);
    const csv = (await file('lang=fr')).body;
    expect(csv).toContain(number);
    expect(csv).not.toMatch(/(^|[,;"\n])=(HYPERLINK|Question)/);
    expect(csv).toContain(`'=HYPERLINK`);
    const xlsx = await file('format=xlsx&lang=ar');
    expect(JSON.stringify(await readXlsx(xlsx.rawPayload))).toContain('=HYPERLINK');
    const [audited] = await w.sql<{ facts: object }>(
      `SELECT facts FROM audit_event WHERE action = 'application.export' AND subject_id = $1 ORDER BY seq LIMIT 1`,
      [call.id],
    );
    expect(audited?.facts).toEqual({ format: 'csv', applications: 1 });
  });

  it('takes dossiers at the desk: the same number and name is one person, with a witness', async () => {
    const call = await w.published();
    const enter = (body: object) => w.api(`/calls/${call.id}/applications/assisted`, body);
    const visitor = {
      ...{
        name: { fr: { given: 'Rahma', family: 'Ziani' } },
        phone: '06 61 22 33 44',
        language: 'ar',
        consent: 'heard',
      },
      answers: { f1: 'Paniers' },
    };
    const wrong = await enter({ answers: {}, name: {}, phone: '12', consent: 'no' });
    expect(
      wrong
        .json<Problem>()
        .errors?.map(({ pointer }) => pointer)
        .sort(),
    ).toEqual(['/answers/f1', '/consent', '/language', '/name', '/phone']);
    const first = await enter(visitor);
    expect(first.statusCode).toBe(201);
    const again = await enter({ ...visitor, phone: '+212661223344', answers: { f1: 'Paniers et chapeaux' } });
    expect([again.json<ApplicationAnswer>().id, again.json<ApplicationAnswer>().version]).toEqual([
      first.json<ApplicationAnswer>().id,
      2,
    ]);
    const { id } = first.json<ApplicationAnswer>();
    const { history } = (await w.api(`/applications/${id}`)).json<{
      history: Array<{ by: string; consent: string }>;
    }>();
    expect(history.map(({ by, consent }) => [by !== null, consent])).toEqual([
      [true, 'heard'],
      [true, 'heard'],
    ]);
    const consents = await w.sql<{ witness: string | null; channel: string }>(
      `SELECT c.witness, c.channel FROM consent c JOIN application a ON a.person_id = c.person_id WHERE a.id = $1 AND c.purpose = 'training'`,
      [id],
    );
    expect(consents.map(({ witness, channel }) => [witness !== null, channel])).toEqual([[true, 'spoken']]);
    expect((await outbox(w.t, '+212661223344')).map(({ template }) => template)).toEqual([
      'calls:sms.received',
    ]);
    expect(
      await w.sql(
        `SELECT 1 AS one FROM audit_event WHERE action = 'application.assist' AND subject_id = $1`,
        [id],
      ),
    ).toHaveLength(2);
  });

  it('has a short address that changes nothing when it is opened', async () => {
    const call = await w.published();
    const poster = await w.page(`/fr/staff/calls/${call.slug}/poster`, w.token);
    const pdf = await w.page(`/fr/staff/calls/${call.slug}/poster.pdf`, w.token);
    expect(infoOf(pdf.rawPayload).get('Page size')).toMatch(/A4/);
    expect(infoOf(pdf.rawPayload).get('Pages')).toBe('1');
    const printed = textOf(pdf.rawPayload).join(' ');
    const [, short = ''] = /\/s\/([0-9a-z]+)/.exec(poster.body) ?? [];
    for (const words of ['Appel aux artisans', 'نداء', `/s/${short}`]) expect(printed).toContain(words);
    const counts = () =>
      w.sql(`SELECT (SELECT count(*) FROM short_link) AS links, (SELECT count(*) FROM application) AS applications,
                                       (SELECT count(*) FROM message) AS messages, (SELECT count(*) FROM audit_event) AS events`);
    const before = await counts();
    const opened = await w.t.inject({
      url: `/s/${short.toUpperCase()}`,
      headers: { 'accept-language': 'ar' },
    });
    expect([opened.statusCode, opened.headers.location]).toEqual([302, `/ar/calls/${call.slug}`]);
    expect((await w.t.inject({ url: '/s/zzzzzz' })).statusCode).toBe(404);
    expect(await counts()).toEqual(before);
    const again = await w.page(`/ar/staff/calls/${call.slug}/poster`, w.token);
    expect(again.body).toContain(`/s/${short}`);
  });
});
