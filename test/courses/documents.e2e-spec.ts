import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pdf, zip } from '../../src/courses/course-file/fixtures/documents.js';
import { CourseSources } from '../../src/courses/course-source.service.js';
import { CourseExport, CourseLoader } from '../../src/courses/public.js';
import type { TestApp } from '../support/app.js';
import { MODULE } from '../support/courses.js';
import { type Author, FOLDER, givenAuthor, HOME, wordsOf } from './author.js';

const BLOCK = `${HOME}/parts/${FOLDER}/document-1`;
const PDF = Buffer.from(pdf('fr'));
const XLSX = zip({ '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' });

jest.setTimeout(30_000);

describe('documents that a lesson hands out', () => {
  let author: Author;
  let t: TestApp;

  beforeAll(async () => {
    author = await givenAuthor();
    t = author.t;
  }, 60_000);
  afterAll(() => author.close());

  const get = (url: string) => author.get(url);
  const page = async (url: string) => (await get(url)).body;
  const publish = () => author.publish();
  const revision = async () => (await author.draft()).revision;
  const files = async () =>
    (await author.draft()).files.map(({ path }) => path).filter((path) => path.includes('/files/'));
  const send = (name: string, content: Buffer, lang = 'any', at?: number, block = BLOCK) =>
    author.upload(
      `${block}/attachments/document`,
      { lang, ...(at === undefined ? {} : { revision: String(at) }) },
      { field: 'document', name, content },
    );
  const chosen = async (url = BLOCK) =>
    /<option value="([^"]+)" selected/.exec((await page(url)).split('name="lang"').at(-1) ?? '')?.[1];

  it('are begun in the browser, and are not published while there is none', async () => {
    const begun = await author.begin('file');
    expect(begun.headers.location).toBe(BLOCK);
    await author.save(BLOCK, {
      't:/title/fr': 'La fiche de prix',
      't:/title/ar': 'جذاذة الثمن',
      't:/description/fr': 'À remplir avec vos chiffres.',
      't:/description/ar': 'املأها بأرقامك.',
    });
    const refused = await publish();
    expect([refused.statusCode, refused.json<{ errors: object[] }>().errors]).toMatchObject([
      422,
      [{ pointer: `/${FOLDER}/module.yaml/document-1/files`, code: 'course-no-document' }],
    ]);
  });

  it.each([
    ['a page', 'prix.pdf', Buffer.from('<script>alert(1)</script>')],
    ['a PDF that breaks off', 'prix.pdf', PDF.subarray(0, 60)],
    [
      'one with macros',
      'prix.docx',
      zip({ '[Content_Types].xml': '', 'word/document.xml': '', 'word/vbaProject.bin': '' }),
    ],
    ['nothing', 'vide.pdf', Buffer.alloc(0)],
  ])('are told by their content: %s is refused with words', async (_what, name, content) => {
    const before = await revision();
    const refused = await send(name, content);
    expect([refused.statusCode, wordsOf(refused.body)]).toEqual([
      415,
      expect.stringContaining('Ce fichier n’est pas un document que l’on prend'),
    ]);
    expect(await revision()).toBe(before);
  });

  it('are refused above the limit, which is named', async () => {
    const just = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024 - PDF.length, '%%EOF\n')]);
    const heavy = await send('gros.pdf', Buffer.concat([just, Buffer.from('x')]));
    const said = 'Ce document est trop lourd. 10 Mo au plus.';
    expect([heavy.statusCode, wordsOf(heavy.body)]).toEqual([413, expect.stringContaining(said)]);
    // A file of some megabytes too many is not cut off at the door, where no form is.
    const larger = await send('gros.pdf', Buffer.concat([just, Buffer.alloc(1024 * 1024)]));
    expect([larger.statusCode, wordsOf(larger.body)]).toEqual([413, expect.stringContaining(said)]);
    expect(larger.body).toContain('name="document"');
  });

  it('are refused where there is no such block, and nothing of them is kept', async () => {
    const kept = jest.spyOn(t.app.get(CourseSources), 'keepMedia');
    const other = BLOCK.replace('document-1', 'devoir');
    expect((await send('fiche.pdf', PDF, 'fr', undefined, other)).statusCode).toBe(404);
    expect(kept).not.toHaveBeenCalled();
    kept.mockRestore();
  });

  it('have a form that leads back to the block after a refusal, in each language', async () => {
    for (const deed of ['document', 'sound', 'remove']) {
      const { statusCode, headers } = await get(`${BLOCK.replace('/fr/', '/ar/')}/attachments/${deed}`);
      expect([statusCode, headers.location]).toEqual([303, `${BLOCK.replace('/fr/', '/ar/')}#attachments`]);
    }
  });

  it('come for everybody or for each language, and what is replaced leaves the draft', async () => {
    expect(await chosen()).toBe('any');
    expect((await send('Fiche de prix (été).pdf', PDF)).statusCode).toBe(303);
    expect(await files()).toEqual([expect.stringMatching(/\/files\/fiche-de-prix-ete-[0-9a-f]{8}\.pdf$/)]);
    expect(await chosen()).toBe('any');
    expect((await send('بطاقة.bin', XLSX, 'ar')).statusCode).toBe(303);
    // What is missing is asked for, and what would take the place of several is not.
    expect([await chosen(), await chosen(BLOCK.replace('/fr/', '/ar/'))]).toEqual(['fr', 'fr']);
    expect(wordsOf(await page(BLOCK))).toContain('Un document pour tous remplace ceux des langues');
    expect(await files()).toEqual([expect.stringMatching(/\/files\/document-[0-9a-f]{8}\.xlsx$/)]);
    const half = await publish();
    expect(half.json<{ errors: { code: string }[] }>().errors.map(({ code }) => code)).toEqual([
      'course-translation',
    ]);
    expect((await send('../../fiche.pdf', PDF, 'fr')).statusCode).toBe(303);
    expect(await files()).toHaveLength(2);
    expect([await chosen(), await chosen(BLOCK.replace('/fr/', '/ar/'))]).toEqual(['fr', 'ar']);
    const german = await send('fiche.pdf', PDF, 'de');
    expect([german.statusCode, wordsOf(german.body)]).toEqual([
      422,
      expect.stringContaining('Pour quelle langue. Choisissez une des réponses proposées.'),
    ]);
    expect(german.body).toContain('name="document"');
    const html = await page(BLOCK);
    expect(wordsOf(html)).toMatch(/document-[0-9a-f]{8}\.xlsx Arabe · XLSX, 1 Ko/);
    const href = /href="([^"]+draft-files[^"]+\.xlsx)"/.exec(html)?.[1] ?? '';
    const own = await get(href);
    expect([own.statusCode, own.rawPayload.equals(XLSX), own.headers['content-disposition']]).toEqual([
      200,
      true,
      'attachment; filename="document.xlsx"',
    ]);
    expect((await t.inject({ url: href })).statusCode).not.toBe(200);
  });

  it('are lost to nobody: a second author who sends one meanwhile is told, and nothing is written over', async () => {
    const before = await revision();
    const [one, other] = await Promise.all([
      send('un.pdf', Buffer.from(pdf('un')), 'fr', before),
      send('deux.pdf', Buffer.from(pdf('deux')), 'fr', before),
    ]);
    expect([one.statusCode, other.statusCode].sort()).toEqual([303, 409]);
    expect(await files()).toHaveLength(2);
    await send('fiche.pdf', PDF, 'fr');
  });

  it('stand in the lesson as links with type and size, in both languages, without a script', async () => {
    expect(wordsOf(await page(`${HOME}/lesson/${FOLDER}`))).toContain('La fiche de prix');
    expect((await publish()).json()).toEqual({ version: 2 });
    const french = (await t.inject({ url: `/fr/courses/tissage/${MODULE}` })).body;
    expect(wordsOf(french)).toMatch(
      /La fiche de prix À remplir avec vos chiffres\. .*Télécharger en français \(PDF, 1 Ko\) .*Télécharger en arabe \(XLSX, 1 Ko\)/,
    );
    const arabic = (await t.inject({ url: `/ar/courses/tissage/${MODULE}` })).body;
    expect(wordsOf(arabic)).toMatch(
      /تحميل بالعربية \(.?XLSX.?، 1 كيلو\) .*تحميل بالفرنسية \(.?PDF.?، 1 كيلو\)/,
    );
  });

  it('are saved, never shown: under a hash for ever, by a safe name, with ranges', async () => {
    const { modules } = (await t.api('/courses/tissage')).json<{
      modules: {
        files: { title: string; files: { lang: string; url: string; type: string; bytes: number }[] }[];
      }[];
    }>();
    const [block] = modules[0]?.files ?? [];
    expect(block).toMatchObject({
      title: 'La fiche de prix',
      description: 'À remplir avec vos chiffres.',
      files: [
        { lang: 'fr', type: 'PDF', bytes: PDF.length },
        { lang: 'ar', type: 'XLSX', bytes: XLSX.length },
      ],
    });
    const url = block?.files[0]?.url ?? '';
    const sent = await t.inject({ url });
    expect([sent.statusCode, sent.rawPayload.equals(PDF)]).toEqual([200, true]);
    expect(sent.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="fiche.pdf"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const part = await t.inject({ url, headers: { range: 'bytes=0-4' } });
    expect([part.statusCode, part.body]).toEqual([206, '%PDF-']);
    expect((await t.inject({ url: url.replace(/\/files\/.*/, '/files/x.pdf') })).statusCode).toBe(404);
  });

  it('are exported beside the course file, and come back byte for byte', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qafila-documents-'));
    const again = await mkdtemp(join(tmpdir(), 'qafila-documents-'));
    await t.app.get(CourseExport).export('tissage', folder);
    const text = await readFile(join(folder, 'tissage', FOLDER, 'module.yaml'), 'utf8');
    const path = /fr: (files\/\S+\.pdf)/.exec(text)?.[1] ?? '';
    expect((await readFile(join(folder, 'tissage', FOLDER, path))).equals(PDF)).toBe(true);
    expect((await t.app.get(CourseLoader).load(folder)).unchanged).toEqual(['tissage']);
    await t.app.get(CourseExport).export('tissage', again);
    expect(await readFile(join(again, 'tissage', FOLDER, 'module.yaml'), 'utf8')).toBe(text);
    await Promise.all([folder, again].map((each) => rm(each, { recursive: true })));
  });

  it('stay in the version that had them when the draft takes them out', async () => {
    const url = (await t.api('/courses/tissage')).json<{
      modules: { files: { files: { url: string }[] }[] }[];
    }>().modules[0]?.files[0]?.files[0]?.url;
    for (const lang of ['fr', 'ar'])
      await author.post(`${BLOCK}/attachments/remove`, [
        ['lang', lang],
        ['revision', String(await revision())],
      ]);
    expect(await files()).toEqual([]);
    await author.post(HOME, [
      ['op', 'remove-block'],
      ['name', 'document-1'],
      ['module', FOLDER],
      ['revision', String(await revision())],
    ]);
    expect((await publish()).json()).toEqual({ version: 3 });
    expect((await t.inject({ url: url ?? '' })).statusCode).toBe(200);
    expect(wordsOf((await t.inject({ url: `/fr/courses/tissage/${MODULE}` })).body)).not.toContain(
      'La fiche de prix',
    );
    const gone = await author.post(`${BLOCK}/attachments/remove`, [['lang', 'fr']]);
    expect(gone.statusCode).toBe(404);
  });
});
