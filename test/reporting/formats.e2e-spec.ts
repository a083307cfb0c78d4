import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import { cityBySlug, placeName } from '../../src/shared/geography/geography.js';
import { givenEnrolment, givenSession } from '../attendance/factories.js';
import { givenStaff } from '../support/actors.js';
import { figureOf, readCsv, readHtmlTable, readXlsx, type Table } from './readers.js';
import { type Agency, givenAgency, INDICATORS, type Row } from './world.js';

jest.setTimeout(60_000);

const LOCALES = ['ar', 'fr', 'en'] as const;
type Locale = (typeof LOCALES)[number];
const BY = 'city,gender,category';

/** What the header says in each language, by the specification's words and not by the locale files. */
const HEADS: Readonly<Record<Locale, readonly string[]>> = {
  fr: [
    ...['Ville', 'Genre', 'Catégorie'],
    ...['Candidats', 'Inscrits', 'Présents', 'Heures de présence', 'Parcours terminés', 'Attestés'],
  ],
  ar: [
    ...['المدينة', 'الجنس', 'الفئة'],
    ...['المسجلون', 'أصحاب المقاعد', 'الحاضرون', 'ساعات الحضور', 'أتموا التكوين', 'حاصلون على شهادة'],
  ],
  en: [
    ...['City', 'Gender', 'Category'],
    ...['Candidates', 'Booked', 'Attended', 'Attendee-hours', 'Completed', 'Certified'],
  ],
};
const TOTAL: Readonly<Record<Locale, string>> = { fr: 'Total', ar: 'المجموع', en: 'Total' };
const WORDS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  fr: {
    female: 'Femmes',
    'porteur-de-projet': 'Porteur de projet',
    'auto-entrepreneur': 'Auto-entrepreneur',
  },
  ar: { female: 'نساء', 'porteur-de-projet': 'حامل مشروع', 'auto-entrepreneur': 'مقاول ذاتي' },
  en: { female: 'Women', 'porteur-de-projet': 'Project holder', 'auto-entrepreneur': 'Self-employed' },
};

/** Figures of a row, sorted as text: two tables with the same rows have the same list, whatever their order. */
const figures = (lines: Table): string[] =>
  lines.map((line) => line.slice(-INDICATORS.length).join('|')).sort();
const cellsOf = (row: Row): Array<string | number> => INDICATORS.map((name) => row[name] ?? '');

describe('the same figures', () => {
  let t: Agency;
  beforeAll(async () => (t = await givenAgency({ certificates: false })), 60_000);
  afterAll(() => t.close());

  const page = async (locale: Locale, token: string, campaign = 'apdn-2021', by = BY): Promise<string> => {
    const url = `/${locale}/staff/campaigns/${campaign}/participation?by=${by}`;
    const answer = await t.inject({
      url,
      headers: { accept: 'text/html', cookie: `${SESSION_COOKIE}=${token}` },
    });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    return answer.body;
  };
  const file = async (format: string, locale: Locale, token: string, campaign = 'apdn-2021', by = BY) =>
    t.api(`/campaigns/${campaign}/participation.${format}?by=${by}&lang=${locale}`, { token });

  describe.each(LOCALES)('in %s', (locale) => {
    it.each(['funder', 'manager'] as const)(
      'stand on the page, in CSV, XLSX and JSON, for the %s',
      async (who) => {
        const token = t[who];
        const csv = readCsv((await file('csv', locale, token)).body.slice(1));
        const xlsx = readXlsx((await file('xlsx', locale, token)).rawPayload).table;
        const screen = readHtmlTable(await page(locale, token), 'participation').map((line, n) =>
          line.map((text, i) => (n > 0 && i >= 3 ? figureOf(text, locale) : text)),
        );
        const { rows, total } = await t.figures(token, BY);
        expect(csv[0]).toEqual(HEADS[locale]);
        expect(csv.at(-1)).toEqual([TOTAL[locale], '', '', ...cellsOf(total)]);
        expect(xlsx).toEqual(csv);
        expect(screen).toEqual(csv);
        expect(figures(csv.slice(1, -1))).toEqual(figures(rows.map(cellsOf)));
        expect(rows.length).toBeGreaterThan(90);
        const said = rows.filter(
          ({ gender, category }) => gender === 'female' && category === 'auto-entrepreneur',
        );
        expect(said.length).toBeGreaterThan(2);
        for (const row of said) {
          const city = cityBySlug(String(row['city']))?.name ?? { fr: '', ar: '', en: '' };
          const words = [WORDS[locale]['female'], WORDS[locale]['auto-entrepreneur']];
          expect(csv).toContainEqual([placeName(city, locale), ...words, ...cellsOf(row)]);
        }
      },
    );

    it('come as files that say what they are, in the page’s own language', async () => {
      const body = await page(locale, t.funder);
      for (const [format, type] of [
        ['csv', 'text/csv; charset=utf-8'],
        ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      ] as const) {
        const href = new RegExp(`href="([^"]*participation\\.${format}[^"]*)"`).exec(body)?.[1] ?? '';
        // A browser that asks for another language still gets the file of the page it is on.
        const answer = await t.inject({
          url: href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
          headers: { cookie: `${SESSION_COOKIE}=${t.funder}`, 'accept-language': 'de' },
        });
        expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
          200,
          type,
          'private, no-store',
        ]);
        expect(answer.headers['content-disposition']).toBe(
          `attachment; filename="apdn-2021-participation.${format}"`,
        );
        const table = format === 'csv' ? readCsv(answer.body.slice(1)) : readXlsx(answer.rawPayload).table;
        expect(table[0]).toEqual(HEADS[locale]);
      }
    });
  });

  it('open in Excel: CSV says it is UTF-8, and an Arabic sheet runs right to left', async () => {
    expect((await file('csv', 'ar', t.funder)).body.charCodeAt(0)).toBe(0xfeff);
    const ar = readXlsx((await file('xlsx', 'ar', t.funder)).rawPayload);
    const fr = readXlsx((await file('xlsx', 'fr', t.funder)).rawPayload);
    expect([ar.sheet, ar.xml.includes('rightToLeft="1"')]).toEqual(['المشاركة', true]);
    expect([fr.sheet, fr.xml.includes('rightToLeft="1"')]).toEqual(['Participation', false]);
  });
});

const EVIL = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  '=cmd|"/c calc"!A1',
  '<b>"x"</b>',
];

describe('a category that a spreadsheet would run', () => {
  let t: Agency;
  let campaign: string;
  let token: string;
  beforeAll(async () => {
    t = await givenAgency({ certificates: false });
    const session = await givenSession(t, { capacity: EVIL.length });
    campaign = session.ground.campaignId;
    token = (await givenStaff(t, 'manager', { kind: 'campaign', id: campaign })).token;
    for (const category of EVIL) {
      const { id } = await givenEnrolment(t, session);
      await t.db.write(
        'test.evil',
        `INSERT INTO participation (person_id, session_id, campaign_id, organisation_id, course_id, city_slug, gender, booked, category)
         SELECT e.person_id, s.id, s.campaign_id, s.organisation_id, s.course_id, 'tetouan', 'female', true, $2
           FROM enrolment e JOIN session s ON s.id = e.session_id WHERE e.id = $1`,
        [id, category],
      );
    }
  }, 60_000);
  afterAll(() => t.close());

  const get = (format: string) =>
    t.api(`/campaigns/${campaign}/participation.${format}?by=category`, { token });

  it('stays text in CSV, behind an apostrophe', async () => {
    const cells = readCsv((await get('csv')).body.slice(1))
      .slice(1, -1)
      .map(([category]) => String(category));
    for (const cell of cells) expect([cell, /^[=+\-@\t\r\n＝＋－＠]/.test(cell)]).toEqual([cell, false]);
    expect(cells.map((cell) => cell.replace(/^'/, '')).sort()).toEqual([...EVIL].sort());
  });

  it('stays text in XLSX: no formula, and exactly what was said', async () => {
    const { table, xml } = readXlsx((await get('xlsx')).rawPayload);
    expect(xml).not.toMatch(/<f[ >]/);
    const cells = table.slice(1, -1).map(([category]) => category);
    expect(cells.every((cell) => typeof cell === 'string')).toBe(true);
    // XML reads a line end as one character, whichever it was.
    const plain = (text: unknown): string => String(text).replace(/[\r\n]/g, ' ');
    expect(cells.map(plain).sort()).toEqual(EVIL.map(plain).sort());
  });

  it('is escaped on the page', async () => {
    const answer = await t.inject({
      url: `/fr/staff/campaigns/${campaign}/participation?by=category`,
      headers: { accept: 'text/html', cookie: `${SESSION_COOKIE}=${token}` },
    });
    expect(answer.body).not.toContain('<b>"x"');
    const cells = readHtmlTable(answer.body, 'participation').map(([cell]) => cell);
    expect(cells).toEqual(expect.arrayContaining(['=1+1', '@SUM(A1)', '<b>"x"</b>']));
  });
});
