import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import {
  finishCourse,
  type Key,
  ok,
  type PublicSession,
  quizKeys,
  sessionIn,
  watch,
} from '../support/api-steps.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { launchBrowser, listen, newVisitor, PHONE_SCREEN, until, WIDE_SCREEN } from '../support/browser.js';
import { PageChecks } from '../support/page-checks.js';
import { TestClock } from '../support/test-clock.js';
import { IS_LONG, isTurn, viewOf } from '../support/turns.js';
import { givenGraduates } from './graduates.js';

jest.setTimeout(300_000);

const PASSWORD = 'journey-password';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const GRADUATES = 5;
const MODULES = { 'paiement-electronique': 'panorama', 'e-marketing': 'mon-client-et-mon-offre' } as const;

/** Whoever has HLS of their own, and whoever needs hls.js. */
const NO_HLS_OF_ITS_OWN = `HTMLMediaElement.prototype.canPlayType = () => '';`;

const JOURNEYS = [
  {
    locale: 'ar',
    screen: { viewport: PHONE_SCREEN, hasTouch: true, isMobile: true },
    script: '',
    city: 'larache',
    course: 'paiement-electronique',
    phone: { typed: '٠٦ ٦١ ٠٠ ٠٠ ٧١', e164: '+212661000071' },
    given: 'فاطمة الزهراء',
    family: 'بنعبد الجليل العمراني',
  },
  {
    locale: 'fr',
    screen: { viewport: WIDE_SCREEN },
    script: NO_HLS_OF_ITS_OWN,
    city: 'ksar-el-kebir',
    course: 'e-marketing',
    phone: { typed: '06.61.00.00.72', e164: '+212661000072' },
    given: 'Marie-Louise',
    family: 'N’Diaye Ben Abdeljalil',
  },
] as const;

interface Module {
  slug: string;
  video: { id: string; duration: number };
}

/** What the test of every page does not see: pages as the journey leaves them. */
const ONLY_HERE = [
  ...['participation-by-gender', 'sessions-of-city', 'sign-up-work', 'code', 'my-sessions'],
  ...['quiz-failed', 'quiz-passed', 'course-done', 'roll-call-1', 'closed', 'batch-running', 'batch-done'],
];

/** Somebody at a browser: their context, their page and what is looked at on each page. */
interface Visitor {
  context: BrowserContext;
  page: Page;
  checks: PageChecks;
}

describe('the whole journey, in a browser', () => {
  let t: TestApp;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    const clock = new TestClock('2026-12-01T10:00:00Z');
    t = await createTestApp({
      clock,
      env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: PASSWORD },
      isFirstStart: true,
    });
    await givenGraduates(t, 'tanger', GRADUATES, PASSWORD);
    clock.run();
    origin = await listen(t);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  describe.each(JOURNEYS)('in $locale at $screen.viewport.width px', (journey) => {
    const { locale, city, course, phone, given, family } = journey;
    const name = `${given} ${family}`;
    let trainee: Visitor;
    let session: PublicSession;
    let before: Map<string, number[]>;
    let code: string;
    let failed = '';
    /** A minute that passes as it does outside: in a short run only one of the two waits for it. */
    const playsAll = isTurn(0, viewOf(locale, 0), 2);

    const visit = async (): Promise<Visitor> => {
      const context = await newVisitor(browser, origin, { locale, ...journey.screen });
      await context.addInitScript(journey.script);
      // Their phone's clock goes with the server's.
      await context.clock.setSystemTime(t.clock.now());
      const page = await context.newPage();
      const withAccess = (name: string): boolean =>
        IS_LONG || (ONLY_HERE.includes(name) && isTurn(ONLY_HERE.indexOf(name), viewOf(locale, 0), 2));
      return { context, page, checks: new PageChecks(page, locale, withAccess) };
    };
    /** Plays the first seconds, then sends what a player would after the others. */
    const creditTheRest = async (): Promise<void> => {
      const { context, page } = trainee;
      await until(page, `document.querySelector('video').currentTime > 3`);
      await page.evaluate(`document.querySelector('video').pause()`);
      const cookie = (await context.cookies()).find((one) => one.name === 'qafila');
      const token = cookie?.value ?? '';
      const { modules } = await ok<{ modules: Module[] }>(t, `/courses/${course}`, { token });
      const video = modules.find(({ slug }) => slug === MODULES[course])?.video;
      if (video) await watch(t, token, video);
      await page.reload();
    };
    const press = (target: Locator): Promise<void> =>
      'hasTouch' in journey.screen ? target.tap() : target.click();
    /** A member of the staff, signed in with e-mail and password. */
    const staff = async (account: string): Promise<Visitor> => {
      const visitor = await visit();
      const { page, checks } = visitor;
      await page.goto(`/${locale}/staff/sign-in`);
      await checks.pass('staff-sign-in');
      await page.fill('#field-email', `${account}@qafila.test`);
      await page.fill('#field-password', PASSWORD);
      await press(page.locator('main form button'));
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
      expect(await page.locator('main h1').isVisible()).toBe(true);
      return visitor;
    };
    /** What the funder reads on the page of figures, by gender: the row of the women and the total. */
    const figures = async (): Promise<Map<string, number[]>> => {
      const { context, page, checks } = await staff('funder');
      await page.goto(`/${locale}/staff/figures`);
      await press(page.locator('main a[href*="caravane-2027"]'));
      await page.waitForURL(/participation/);
      await checks.pass('participation');
      await press(page.locator('main details:has(input[name="by"]) summary'));
      for (const by of ['city', 'category']) await page.locator(`input[name="by"][value="${by}"]`).uncheck();
      await press(page.locator('main form button'));
      await page.waitForURL(/by=gender/);
      await checks.pass('participation-by-gender');
      const read = await readFigures(page);
      await context.close();
      return read;
    };

    beforeAll(async () => {
      session = await sessionIn(t, city);
      t.clock.set(new Date(Date.parse(session.units[0]?.startsAt ?? '') - 2 * DAY_MS));
      trainee = await visit();
    });
    afterAll(() => trainee?.context.close());

    /** A step of the journey; once one has failed the others cannot be gone. */
    const step = (what: string, go: () => Promise<void>): void => {
      it(what, async () => {
        if (failed) throw new Error(`The journey ended at: ${failed}`);
        failed = what;
        await go();
        failed = '';
      });
    };

    step('asks for the language once and says what this is', async () => {
      before = await figures();
      const { page, checks } = trainee;
      await page.goto('/');
      expect(await page.locator('[data-language]').count()).toBe(3);
      await checks.pass('language');
      await press(page.locator(`[data-language="${locale}"]`));
      await page.waitForURL(`${origin}/${locale}`);
      await page.goto('/');
      expect(page.url()).toBe(`${origin}/${locale}`);
      expect(await page.locator('h1').isVisible()).toBe(true);
      expect(await page.locator('.hero__facts li').count()).toBe(3);
      expect(await page.locator('#cities .stop').count()).toBe(10);
      await checks.pass('home');
    });

    step('finds the session of a city, with the seats that are left', async () => {
      const { page, checks } = trainee;
      await press(page.locator('.hero .button--action'));
      await page.waitForURL(`${origin}/${locale}/sessions`);
      await checks.pass('sessions');
      await page.selectOption('select[name="city"]', city);
      await press(page.locator('main form button'));
      await page.waitForURL(/city=/);
      const cards = page.locator('main .card');
      expect(await cards.count()).toBe(1);
      expect(await cards.textContent()).toContain(String(session.seatsLeft));
      await checks.pass('sessions-of-city');
      await press(cards.locator('a'));
      await page.waitForURL(`${origin}/${locale}/sessions/${session.id}`);
      await checks.pass('session');
    });

    step('signs up by phone', async () => {
      const { page, checks } = trainee;
      await press(page.locator('form[action$="/enrol"] button'));
      await page.waitForURL(/sign-in/);
      await checks.pass('sign-in');
      await press(page.locator('main a[href*="/sign-up"]'));
      await page.waitForURL(/sign-up/);
      await checks.pass('sign-up-name');
      const script = locale === 'ar' ? 'Ar' : 'Fr';
      await page.fill(`#field-given${script}`, given);
      await page.fill(`#field-family${script}`, family);
      await page.fill('#field-phone', phone.typed);
      await press(page.locator('button[name="step"][value="1"]'));
      await page.locator('#field-commune').waitFor();
      await page.check('input[name="category"][value="artisan"]');
      await page.selectOption('#field-sector', 'tapis');
      await page.selectOption('#field-city', city);
      await page.selectOption('#field-commune', '01.571.01.11');
      await page.check('input[name="gender"][value="female"]');
      await page.fill('#field-birthYear', '1988');
      await checks.pass('sign-up-work');
      expect(await page.isChecked('#field-training')).toBe(false);
      await page.check('#field-training');
      await press(page.locator('button[name="step"][value="2"]'));
      await page.waitForURL(/sign-in\/code/);
    });

    step('signs in with the code of the message and books a seat', async () => {
      const { context, page, checks } = trainee;
      await checks.pass('code');
      const outbox = await context.newPage();
      await outbox.goto((await page.locator('a[href^="/dev/outbox"]').getAttribute('href')) ?? '');
      const sent = JSON.parse((await outbox.locator('body').textContent()) ?? '') as Array<{
        to: string;
        body: string;
      }>;
      expect(sent[0]?.to).toBe(phone.e164);
      await outbox.close();
      await page.fill('#field-code', /\b\d{6}\b/.exec(sent[0]?.body ?? '')?.[0] ?? '');
      await press(page.locator('form[action$="/sign-in/code"] button'));
      await page.waitForURL(`${origin}/${locale}/sessions/${session.id}`);
      await press(page.locator('form[action$="/enrol"] button'));
      await page.waitForURL(`${origin}/${locale}/my/sessions`);
      expect(await page.locator('.flash .alert--good').count()).toBe(1);
      await checks.pass('my-sessions');
      expect((await sessionIn(t, city)).seatsLeft).toBe(session.seatsLeft - 1);
    });

    step(
      `plays the video of the first lesson ${playsAll ? 'to its end' : 'and is sent its end'}, which is credited`,
      async () => {
        const { page, checks } = trainee;
        await page.goto(`/${locale}/courses`);
        await checks.pass('courses');
        await press(page.locator(`main a[href="/${locale}/courses/${course}"]`));
        await page.waitForURL(`${origin}/${locale}/courses/${course}`);
        await checks.pass('course');
        await press(page.locator('main .button--action'));
        await page.waitForURL(`${origin}/${locale}/courses/${course}/${MODULES[course]}`);
        await checks.pass('lesson');
        await press(page.locator('[data-start]'));
        const fastest = page.locator('[data-speed] option').last();
        await page.selectOption('[data-speed]', (await fastest.getAttribute('value')) ?? '');
        if (playsAll) await until(page, `document.querySelector('video').ended`, 180);
        else await creditTheRest();
        await until(page, `/\\b(9[5-9]|100)\\b/.test(document.querySelector('[data-watched]').textContent)`);
        await page.reload();
        expect(await page.locator('header .badge--good').count()).toBe(1);
      },
    );

    step('fails the quiz, reads why, and passes it', async () => {
      const { page, checks } = trainee;
      const keys = await quizKeys(course, MODULES[course]);
      for (const right of [false, true]) {
        for (const [id, key] of keys) await answer(page.locator(`[id="field-${id}"]`), key, right);
        await press(page.locator('#quiz-form button[type="submit"]'));
        await page.waitForURL(/\/quiz\/[0-9a-f-]{36}$/);
        expect(await page.locator('.quiz-mark').count()).toBe(keys.size);
        expect(await page.locator(`.quiz-mark .badge--${right ? 'good' : 'warn'}`).count()).toBe(keys.size);
        await checks.pass(right ? 'quiz-passed' : 'quiz-failed');
        if (right) break;
        await press(page.locator('main a[href$="#quiz"]'));
        await page.waitForURL(/#quiz$/);
      }
      await page.goto(`/${locale}/courses/${course}`);
      expect(await page.locator('.route .stop--done').count()).toBe(1);
    });

    step('goes through the other modules in the same way', async () => {
      const { context, page, checks } = trainee;
      const [cookie] = (await context.cookies()).filter((one) => one.name === 'qafila');
      await finishCourse(t, cookie?.value ?? '', course, MODULES[course]);
      await page.reload();
      expect(await page.locator('.route .stop--done').count()).toBe(
        await page.locator('.route .stop').count(),
      );
      await checks.pass('course-done');
    });

    step('is marked present by the trainer, who closes the session', async () => {
      t.clock.set(session.units[0]?.startsAt ?? '');
      const { context, page, checks } = await staff('trainer');
      await page.goto(`/${locale}/staff/sessions`);
      await checks.pass('staff-sessions');
      await page.goto(`/${locale}/staff/sessions/${session.id}`);
      await checks.pass('staff-session');
      await press(page.locator('main a[href$="/roll-call"]'));
      for (const unit of session.units) {
        t.clock.set(unit.startsAt);
        await page.clock.setSystemTime(unit.startsAt);
        await page.goto(`/${locale}/staff/sessions/${session.id}/roll-call?unit=${unit.n}`);
        const row = page.locator('[data-person]', { hasText: name });
        await press(row.locator('[data-tap="present"]'));
        await row.locator('[data-tap="present"][aria-pressed="true"]').waitFor();
        await page.locator('[data-queue] [data-state="sent"]:visible').waitFor();
        await checks.pass(`roll-call-${unit.n}`);
      }
      t.clock.set(session.units.at(-1)?.endsAt ?? '');
      t.clock.advance(10 * MINUTE_MS);
      await press(page.locator('main a[href$="/close"]'));
      await page.waitForURL(/\/close$/);
      await checks.pass('close');
      await page.fill('#field-log', 'Une personne, deux demi-journées.');
      await press(page.locator('main form button'));
      await page.waitForURL((url) => !url.pathname.endsWith('/close'));
      await checks.pass('closed');
      await context.close();
    });

    step('receives the certificate that the manager issues', async () => {
      const { context, page, checks } = await staff('manager');
      await page.goto(`/${locale}/staff/campaigns/caravane-2027/certificates`);
      await checks.pass('staff-certificates');
      await press(page.locator('main summary').first());
      await page.selectOption('select[name="scope"]', `session:${session.id}`);
      await press(page.locator('form:has(select[name="scope"]) button'));
      await page.waitForURL(/\/jobs\//);
      await checks.pass('batch-running');
      await t.runJobs();
      await page.locator('main .alert--good').waitFor();
      await checks.pass('batch-done');
      await context.close();

      await trainee.page.goto(`/${locale}/my/certificates`);
      await trainee.checks.pass('my-certificates');
      const card = trainee.page.locator('.keepsake');
      expect(await card.count()).toBe(1);
      code = ((await card.locator('.keepsake__code').textContent()) ?? '').replaceAll(/\s/g, '');
      const pdf = await trainee.context.request.get(
        (await card.locator('a[download]').getAttribute('href')) ?? '',
      );
      expect([pdf.status(), (await pdf.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    });

    step('is vouched for to a stranger, with every printed field', async () => {
      const { context, page, checks } = await visit();
      await page.goto(`/${locale}/v`);
      await checks.pass('check-form');
      await page.fill('main input[name="code"]', code.toLowerCase());
      await press(page.locator('main form button'));
      await page.waitForURL(new RegExp(`/v/${code}$`));
      await checks.pass('check');
      expect(await page.locator('.verdict--good').count()).toBe(1);
      const shown = (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
      const answer = await context.request.get(`/api/v1/certificates/${code}`);
      const { status, name: printed, ...fields } = (await answer.json()) as Record<string, unknown>;
      expect([status, Object.values(printed as object)]).toEqual(['valid', [name]]);
      for (const text of [name, ...printedTexts(fields)]) expect(shown).toContain(text);
      expect((await context.request.get(`/v/${code}.pdf`)).status()).not.toBe(200);
      await context.close();
    });

    step('appears once in the figures of the agency', async () => {
      const after = await figures();
      const grown = [...after].map(([row, cells]) =>
        cells.map((cell, n) => cell - (before.get(row)?.[n] ?? 0)),
      );
      const hours = session.units.reduce((sum, unit) => sum + hoursOf(unit), 0);
      // The women and the total: candidates, booked, attended, hours, completed, certified.
      expect(grown).toEqual([
        [1, 1, 1, hours, 1, 1],
        [1, 1, 1, hours, 1, 1],
      ]);
    });
  });
});

function hoursOf({ startsAt, endsAt }: PublicSession['units'][number]): number {
  return (Date.parse(endsAt) - Date.parse(startsAt)) / HOUR_MS;
}

/** Answers one question, by its key or by anything else. */
async function answer(question: Locator, key: Key, right: boolean): Promise<void> {
  if ((await question.locator('input').count()) === 0) return question.fill(right ? String(key) : '-1');
  const keys = [key].flat().map(String);
  for (const box of await question.locator('input').all()) {
    const isKey = keys.includes((await box.inputValue()) || '');
    if (isKey === right) await box.check();
    if (isKey === right && (await box.getAttribute('type')) === 'radio') return;
  }
}

/** The texts of a certificate that are printed as they are: names, places and the number, in both languages. */
function printedTexts(fields: Record<string, unknown>): string[] {
  const own = ['course', 'campaign', 'organisation', 'funders', 'city', 'signatories', 'serial'];
  const textsOf = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values((value ?? {}) as object).flatMap(textsOf);
  return own.flatMap((field) => textsOf(fields[field])).filter((text) => text !== '');
}

/** The rows of the table of figures, by their heading; a cell that is hidden is not a number. */
async function readFigures(page: Page): Promise<Map<string, number[]>> {
  const read = new Map<string, number[]>();
  for (const row of await page.locator('#participation tbody tr, #participation tfoot tr').all()) {
    const cells = await row.locator('td').allTextContents();
    read.set(
      (await row.locator('th').innerText()).trim(),
      cells.map((cell) => Number(cell.trim().replace(',', '.'))),
    );
  }
  return read;
}
