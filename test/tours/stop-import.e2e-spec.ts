import type { Browser } from 'playwright-core';
import { xlsxOfTexts } from '../../src/shared/tables/table-writer.js';
import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import { launchBrowser, listen, newVisitor, WIDE_SCREEN } from '../support/browser.js';
import { multipart } from '../teaching/forms.js';
import { createWorld, TOUR, type World } from './world.js';

interface Imported {
  saved: boolean;
  lines: Array<{
    row: number;
    outcome: string;
    city: string | null;
    problems: Array<{ field: string; code: string }>;
  }>;
}

const GOOD = 'Date;Ville;Équipe\n01/03/2027;Tétouan;A\n02/03/2027;طنجة;B\n';
const MIXED = `${GOOD}03/03/2027;Marseille;A\n31/02/2027;Larache;A\n`;

describe('stops from a table', () => {
  let w: World;
  beforeEach(async () => (w = await createWorld()), 60_000);
  afterEach(() => w.close());

  const send = async (file: string | Buffer, { dryRun = '', token = w.tokens.manager, tour = TOUR } = {}) => {
    const { payload, headers } = await multipart({ file: new Blob([new Uint8Array(Buffer.from(file))]) });
    return w.inject({
      ...{ method: 'POST', url: `/api/v1/tours/${tour}/stops/import${dryRun}`, payload },
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
  };
  const stops = async (): Promise<string[]> => {
    const answer = await w.as(`/tours/${TOUR}`);
    const { stops: all } = answer.json<{ stops: Array<{ localDate: string; city: { slug: string } }> }>();
    return all.map(({ localDate, city }) => `${localDate} ${city.slug}`);
  };

  it('are looked at first, and nothing is written', async () => {
    const before = await stops();
    const looked = await send(MIXED, { dryRun: '?dryRun=1' });
    expect(looked.statusCode).toBe(200);
    const { saved, lines } = looked.json<Imported>();
    expect(saved).toBe(false);
    expect(
      lines.map(({ row, outcome, city, problems }) => [row, outcome, city, problems.map(({ code }) => code)]),
    ).toEqual([
      [2, 'new', 'tetouan', []],
      [3, 'new', 'tanger', []],
      [4, 'error', null, ['city-unknown']],
      [5, 'error', null, ['not-a-date']],
    ]);
    expect(await stops()).toEqual(before);
  });

  it('are written whole or not at all, and once however often the file is sent', async () => {
    const before = await stops();
    const refused = await send(MIXED);
    expect(refused.statusCode).toBe(422);
    expect(refused.json<{ errors: Array<{ pointer: string; code: string }> }>().errors).toMatchObject([
      { pointer: '/rows/4/city', code: 'city-unknown' },
      { pointer: '/rows/5/date', code: 'not-a-date' },
    ]);
    expect(await stops()).toEqual(before);
    expect((await send(GOOD)).statusCode).toBe(200);
    const after = await stops();
    expect(after).toHaveLength(before.length + 2);
    expect(after).toEqual(expect.arrayContaining(['2027-03-01 tetouan', '2027-03-02 tanger']));
    const again = await send(GOOD);
    expect(again.json<Imported>().lines.map(({ outcome }) => outcome)).toEqual(['there', 'there']);
    expect(await stops()).toEqual(after);
  });

  it('are read from a workbook as well', async () => {
    const book = await xlsxOfTexts(
      [
        ['المدينة', 'التاريخ', 'الفريق'],
        ['الحسيمة', '2027-03-05', 'A'],
      ],
      'المحطات',
      true,
    );
    expect((await send(book)).statusCode).toBe(200);
    expect(await stops()).toContain('2027-03-05 al-hoceima');
  });

  it('of one file sent by two at once are there once', async () => {
    const before = await stops();
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(GOOD)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    expect(await stops()).toHaveLength(before.length + 2);
  });

  it('are refused without a column, without a table, with too many rows, and from strangers', async () => {
    const codes = async (file: string): Promise<string[]> =>
      (await send(file)).json<{ errors: Array<{ code: string }> }>().errors.map(({ code }) => code);
    expect(await codes('Date;Ville\n01/03/2027;Tanger\n')).toEqual(['column-team-missing']);
    expect(await codes('Nom;Prénom\nAmina;Alaoui\n')).toEqual(['column-date-missing']);
    expect(await codes(`Date;Ville;Équipe\n${'01/03/2027;Tanger;A\n'.repeat(301)}`)).toEqual(['too-many']);
    expect((await send('')).statusCode).toBe(422);
    expect((await send(GOOD, { token: w.tokens.stranger })).statusCode).toBe(404);
  });
});

describe('the page of an import of stops', () => {
  let w: World;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    w = await createWorld();
    base = await listen(w);
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await w.close();
  });

  it('shows each row, writes what is right once it is confirmed, and nothing that was made up', async () => {
    const visitor = await newVisitor(browser, base, {
      locale: 'fr',
      viewport: WIDE_SCREEN,
      javaScriptEnabled: false,
    });
    await visitor.addCookies([{ name: SESSION_COOKIE, value: w.tokens.manager, url: base }]);
    const page = await visitor.newPage();
    await page.goto(`/fr/staff/tours/${TOUR}`);
    await page.click('text=Importer des étapes');
    await page.setInputFiles('#field-file', {
      name: 'etapes.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Nom\nAmina\n'),
    });
    await page.click('main form button');
    expect(await page.textContent('.alert')).toContain('« date »');
    await page.setInputFiles('#field-file', {
      name: 'etapes.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(MIXED),
    });
    await page.click('main form button');
    expect(await page.locator('#rows tbody tr').allInnerTexts()).toMatchObject([
      expect.stringContaining('Tétouan'),
      expect.stringContaining('Tanger'),
      expect.stringContaining('Choisissez une ville'),
      expect.stringContaining('Écrivez une date'),
    ]);
    await page.click('text=Enregistrer 2 étapes');
    await page.waitForURL(new RegExp(`/tours/${TOUR}$`));
    expect(await page.locator('#stops').innerText()).toContain('lundi 1er mars 2027');
    const count = async () =>
      (await w.db.read('test.stops', 'SELECT id FROM stop WHERE tour_id = $1', [TOUR])).length;
    const before = await count();
    const forged = await page.request.post(`/fr/staff/tours/${TOUR}/stops/import/confirm`, {
      form: { stop: `2027-03-09 marseille ${TOUR}` },
      headers: { origin: base, 'sec-fetch-site': 'same-origin' },
    });
    expect(forged.ok()).toBe(false);
    expect(await count()).toBe(before);
    await visitor.close();
  }, 60_000);
});
