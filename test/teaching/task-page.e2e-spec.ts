import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { givenEnrolment, type GivenSession, givenSession } from '../attendance/factories.js';
import { infoOf, textOf } from '../certificates/pdf-tools.js';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { launchBrowser, listen, newVisitor, until } from '../support/browser.js';
import { PageChecks } from '../support/page-checks.js';
import { isTurn, viewOf } from '../support/turns.js';

const LESSON = '/courses/e-marketing/mon-client-et-mon-offre';

describe('tasks and the guide in a browser without script, in Arabic, on a phone', () => {
  let t: TestApp;
  let browser: Browser;
  let base: string;
  let session: GivenSession;

  beforeAll(async () => {
    t = await createTestApp();
    t.clock.run();
    base = await listen(t);
    browser = await launchBrowser();
    session = await givenSession(t);
    const { id } = (await t.api('/courses/e-marketing')).json<{ id: string }>();
    await t.db.write('test.taught', 'UPDATE session SET course_id = $2 WHERE id = $1', [session.id, id]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  async function open(
    token: string,
    locale: 'ar' | 'fr' = 'ar',
    script = false,
  ): Promise<{ page: Page; checks: PageChecks }> {
    const context = await newVisitor(browser, base, { locale, javaScriptEnabled: script });
    await context.addCookies([{ name: 'qafila', value: token, url: base }]);
    const page = await context.newPage();
    return { page, checks: new PageChecks(page, locale) };
  }

  it('hands a photo in, has it returned, and hands in again', async () => {
    const person = await givenPerson(t);
    await givenEnrolment(t, session, { personId: person.id, nameAr: ['فاطمة', 'العمراني'] });
    const content = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#e39a1f' } })
      .jpeg()
      .toBuffer();
    const buffer = Buffer.from(content);

    const { page: mine } = await open(person.token);
    await mine.goto(`/ar${LESSON}`);
    await mine.setInputFiles('#tasks input[type=file]', {
      ...{ name: 'note.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg/>') },
    });
    await mine.fill('#tasks textarea', 'هذا عملي');
    const [refused] = await Promise.all([mine.waitForNavigation(), mine.click('#tasks button')]);
    expect(refused?.status()).toBe(415);
    expect(await mine.inputValue('textarea[name=note]')).toBe('هذا عملي');
    expect(await mine.textContent('#field-photo-error')).toContain('JPEG');
    await mine.setInputFiles('#field-photo', { name: 'photo.jpg', mimeType: 'image/jpeg', buffer });
    await mine.click('form[enctype] button');
    expect(mine.url()).toContain(`${LESSON}#tasks`);
    expect(await mine.textContent('#tasks')).toContain('تم التسليم');

    const { page: trainer } = await open(session.trainer.token);
    await trainer.goto('/ar/staff/tasks');
    await trainer.click('text=فاطمة العمراني');
    await until(trainer, `document.querySelector('img.task-photo')?.naturalWidth === 900`);
    await trainer.fill('#field-reason', 'الثمن غير ظاهر.');
    await trainer.click('button[value=returned]');
    expect(await trainer.textContent('main')).toContain('تم إرجاع العمل');

    await mine.reload();
    expect(await mine.textContent('#tasks')).toContain('الثمن غير ظاهر.');
    await mine.fill('#tasks input[name=link]', 'https://exemple.ma/ma-page');
    await mine.click('#tasks button');
    await mine.goto('/ar/my/tasks');
    expect(await mine.textContent('main')).toContain('تم التسليم');
  }, 90_000);

  it.each(['fr', 'ar'] as const)(
    'prints the guide on A4 in %s: the day on one sheet, each module on two, the answers apart',
    async (locale) => {
      const { page } = await open(session.trainer.token, locale, true);
      await page.goto(`/${locale}/staff/courses/e-marketing/guide`);
      const titles = await page.locator('.guide__module h2, .guide__keys h2').allTextContents();
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      if (process.env['SHOTS']) await writeFile(`${process.env['SHOTS']}/guide-${locale}.pdf`, pdf);
      await page.context().close();
      expect(infoOf(pdf).get('Page size')).toMatch(/A4/);
      const sheets = textOf(pdf).join('\n').split('\f').slice(0, -1);
      // One of the agenda, two for each of six modules, one of safety, at most three of answers.
      expect([sheets.length > 14, sheets.length <= 17]).toEqual([true, true]);
      const squeezed = (text: string): string => text.replace(/[^\p{Script=Latin}\p{Script=Arabic}]/gu, '');
      if (locale === 'ar') return;
      const begins = titles.map((title) =>
        sheets.findIndex((sheet) => squeezed(sheet).startsWith(squeezed(title))),
      );
      expect(begins.slice(0, 7)).toEqual([1, 3, 5, 7, 9, 11, 13]);
      expect(begins[7]).toBe(14);
      for (const [index, sheet] of sheets.entries())
        expect(sheet).toContain(`${index + 1} / ${sheets.length}`);
    },
    60_000,
  );

  it('keeps the pages free of faults in both languages', async () => {
    const person = await givenPerson(t);
    await givenEnrolment(t, session, { personId: person.id });
    const exercise = 'fiche-client';
    const body = { link: `https://exemple.ma/${'un-long-chemin-'.repeat(12)}`, note: 'Voilà ma fiche.' };
    const made = await t.api(`/modules/mon-client-et-mon-offre/tasks/${exercise}`, {
      token: person.token,
      body,
    });
    expect(made.statusCode).toBe(201);
    const { id } = made.json<{ id: string }>();
    for (const locale of ['ar', 'fr'] as const) {
      const visits: Array<[string, string, string]> = [
        ['lesson', person.token, LESSON],
        ['task', person.token, `${LESSON}/tasks/${exercise}`],
        ['my-tasks', person.token, '/my/tasks'],
        ['queue', session.trainer.token, '/staff/tasks'],
        ['queue-empty', session.trainer.token, '/staff/tasks?state=accepted'],
        ['review', session.trainer.token, `/staff/tasks/${id}`],
        ['guide', session.trainer.token, '/staff/courses/e-marketing/guide'],
        [
          'guide-ramadan',
          session.coordinator.token,
          '/staff/courses/paiement-electronique/guide?format=ramadan',
        ],
      ];
      for (const [n, [name, token, path]] of visits.entries()) {
        const { page, checks } = await open(token, locale, true);
        await page.goto(`/${locale}${path}`);
        // A tall window: the four places stick to the bottom of a phone.
        await page.setViewportSize({ width: 360, height: 2400 });
        await checks.pass(name, { access: isTurn(n, viewOf(locale, 360), 2) });
        await page.context().close();
      }
    }
  }, 240_000);
});
