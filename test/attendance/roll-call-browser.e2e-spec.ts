import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { mark, presenceOf, send } from './events.js';
import { givenEnrolment, givenSession, type GivenSession } from './factories.js';

const EVENTS = `
  SELECT id, body, device_id AS "deviceId", mark, correction FROM attendance_event WHERE session_id = $1 ORDER BY happened_at, id`;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HTMLCS = readFileSync(
  createRequire(import.meta.url).resolve('html_codesniffer/build/HTMLCS.js'),
  'utf8',
);

/** Runs in the page: what both checkers call serious. */
const FAULTS = `(async () => {
  const { violations } = await axe.run();
  const seen = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => 'axe ' + id + ': ' + nodes[0].html.slice(0, 120));
  await new Promise((resolve) => HTMLCS.process('WCAG2AA', document, resolve));
  const errors = HTMLCS.getMessages()
    .filter(({ type }) => type === 1)
    .map(({ code, element }) => 'htmlcs ' + code + ': ' + (element.outerHTML || '').slice(0, 120));
  return [...seen, ...errors];
})()`;

/** As much of an element as these tests ask of it. */
interface DomElement {
  outerHTML: string;
  closest(selector: string): DomElement | null;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { width: number; height: number };
}

/** Runs in the page: notes what the queue says at every moment at which a button becomes pressed. */
const NOTE_QUEUE = `
  window.noted = [];
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.getAttribute('aria-pressed') === 'true'))
      noted.push(document.querySelector('[data-queue] [data-state]:not([hidden])')?.dataset.state);
  }).observe(document.querySelector('[data-roll]'), { subtree: true, attributeFilter: ['aria-pressed'] })`;

/** Runs in the page before it: a device that takes its time to open what it has stored. */
const SLOW_STORE = `
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given);
    return {
      get result() { return request.result; },
      get error() { return request.error; },
      set onupgradeneeded(f) { request.onupgradeneeded = f; },
      set onerror(f) { request.onerror = f; },
      set onsuccess(f) { request.onsuccess = () => setTimeout(f, 1500); },
    };
  }`;

interface EventRow {
  id: string;
  body: { kind: string; at: string };
  deviceId: string;
  mark: string;
  correction: boolean;
}

describe('the roll call in a browser', () => {
  jest.setTimeout(60_000);
  let t: TestApp;
  let browser: Browser;
  let base: string;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    t = await createTestApp();
    t.clock.set(new Date());
    t.clock.run();
    await t.app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(t.app.getHttpServer().address() as AddressInfo).port}`;
    browser = await launchBrowser();
  }, 60_000);
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await t.close();
  });

  async function open(
    session: GivenSession,
    options: { path?: string; width?: number; script?: boolean; before?: string } = {},
  ): Promise<Page> {
    const {
      path = `/fr/staff/sessions/${session.id}/roll-call?unit=1`,
      width = 360,
      script = true,
    } = options;
    const context = await browser.newContext({ viewport: { width, height: 740 }, javaScriptEnabled: script });
    contexts.push(context);
    await context.addCookies([{ name: 'qafila', value: session.trainer.token, url: base }]);
    const page = await context.newPage();
    if (options.before) await page.addInitScript(options.before);
    await page.goto(base + path);
    return page;
  }

  const rows = (session: GivenSession) => t.db.read<EventRow>('test.browserEvents', EVENTS, [session.id]);
  const states = async (session: GivenSession) => (await presenceOf(t, session.id)).map(({ state }) => state);
  const queue = (page: Page) => page.locator('[data-queue] [data-state]:visible');
  const button = (page: Page, id: string, which: string) =>
    page.locator(`[data-person="${id}"] [data-tap="${which}"]`);

  it('shows a tap at once and tells the server', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    const page = await open(session);
    await page.evaluate(NOTE_QUEUE);
    await button(page, id, 'present').click();
    await button(page, id, 'present').and(page.locator('[aria-pressed=\"true\"]')).waitFor();
    expect(await page.locator('[data-count="present"]').textContent()).toBe('1');
    await queue(page).filter({ hasText: 'Tout est envoyé' }).waitFor();
    expect(await states(session)).toEqual(['present']);
    await button(page, id, 'absent').click();
    await page.locator('[data-count="absent"]', { hasText: '1' }).waitFor();
    await queue(page).filter({ hasText: 'Tout est envoyé' }).waitFor();
    expect((await rows(session)).map(({ mark: said, correction }) => [said, correction])).toEqual([
      ['present', false],
      ['absent', true],
    ]);
    // At no moment is a tap shown and all said to be sent.
    expect(await page.evaluate('noted')).toEqual(['waiting', 'waiting']);
  });

  it('takes what is tapped before the device has opened its store, in order', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    const page = await open(session, { before: SLOW_STORE });
    await page.evaluate(`window.sameDocument = true`);
    await button(page, id, 'present').click();
    await button(page, id, 'absent').click();
    await queue(page).filter({ hasText: 'Tout est envoyé' }).waitFor();
    expect(await page.evaluate('sameDocument')).toBe(true);
    expect(await states(session)).toEqual(['absent']);
    expect((await rows(session)).map(({ correction }) => correction)).toEqual([false, true]);
  });

  it('loses nothing while the network is away, nor when the page is closed', async () => {
    const session = await givenSession(t);
    const people = [
      await givenEnrolment(t, session),
      await givenEnrolment(t, session),
      await givenEnrolment(t, session),
    ];
    const page = await open(session);
    const [context] = contexts;
    await context?.setOffline(true);
    for (const { id } of people) await button(page, id, 'present').click();
    await button(page, people[2]!.id, 'partial').click();
    await queue(page).filter({ hasText: '4 à envoyer' }).waitFor();
    expect(await rows(session)).toEqual([]);
    await page.close();
    await context?.setOffline(false);
    const later = await context!.newPage();
    await later.goto(`${base}/fr/staff/sessions/${session.id}/roll-call?unit=1`);
    await queue(later).filter({ hasText: 'Tout est envoyé' }).waitFor();
    expect((await states(session)).sort()).toEqual(['partial', 'present', 'present']);
    const sent = await rows(session);
    expect(sent).toHaveLength(4);
    expect(new Set(sent.map(({ deviceId }) => deviceId)).size).toBe(1);
  });

  it('sends again, by itself, what the server could not take', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    const page = await open(session);
    let refusals = 0;
    await page.route('**/api/v1/sessions/**', async (route) => {
      refusals += 1;
      if (refusals === 1) return route.fulfill({ status: 503, body: 'busy' });
      // The server took it and its answer was lost on the way.
      if (refusals === 2) {
        await route.fetch();
        return route.abort();
      }
      return route.continue();
    });
    await button(page, id, 'present').click();
    await queue(page).filter({ hasText: '1 à envoyer' }).waitFor();
    await page.evaluate(`window.dispatchEvent(new Event('online'))`);
    await page.waitForTimeout(300);
    await page.evaluate(`window.dispatchEvent(new Event('online'))`);
    await queue(page).filter({ hasText: 'Tout est envoyé' }).waitFor();
    expect(refusals).toBe(3);
    expect(await rows(session)).toHaveLength(1);
  });

  it('keeps everything when one is signed out', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    const page = await open(session);
    await contexts[0]?.clearCookies();
    await button(page, id, 'present').click();
    await queue(page).filter({ hasText: 'Vous n’êtes plus connecté' }).waitFor();
    await contexts[0]?.addCookies([{ name: 'qafila', value: session.trainer.token, url: base }]);
    await page.reload();
    await queue(page).filter({ hasText: 'Tout est envoyé' }).waitFor();
    expect(await states(session)).toEqual(['present']);
  });

  it('finds names as one types, in any spelling, and tells what the server had to review', async () => {
    const session = await givenSession(t);
    const one = await givenEnrolment(t, session, {
      name: ['Bouchra', 'El Ouazzani'],
      nameAr: ['بشرى', 'الوزاني'],
    });
    const two = await givenEnrolment(t, session, { name: ['Samir', 'Tahiri'] });
    const page = await open(session);
    const visible = () =>
      page
        .locator('[data-person]:visible')
        .evaluateAll((all: DomElement[]) => all.map((row) => row.getAttribute('data-person')));
    for (const text of ['wazani', 'بشري', 'boushra el']) {
      await page.fill('#field-q', text);
      expect([text, await visible()]).toEqual([text, [one.id]]);
    }
    await page.fill('#field-q', '');
    expect((await visible()).sort()).toEqual([one.id, two.id].sort());
    await page.locator('summary', { hasText: 'Marquer par pass' }).click();
    await page.fill('#field-pass', '12345678');
    await page.locator('form[data-event="pass"] button').click();
    await page.locator('[data-reviews] p', { hasText: 'Pass invalide' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it('sends minutes, card and reason with a name', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    await send(t, session, [mark(id, 1, { at: t.clock.now().toISOString() })]);
    const page = await open(session);
    await page.locator(`[data-person="${id}"] summary`).click();
    const form = page.locator(`[data-person="${id}"] form`);
    await form.locator('input[value="partial"]').check();
    await form.locator('input[name="minutes"]').fill('25');
    await form.locator('input[name="reason"]').fill('Partie à 10 h');
    await form.locator('input[name="idSeen"]').check();
    await form.locator('button').click();
    await queue(page).filter({ hasText: 'Tout est envoyé' }).waitFor();
    expect(await presenceOf(t, session.id)).toMatchObject([{ state: 'partial', minutes: 25 }]);
    expect((await rows(session)).find(({ correction }) => correction)?.body).toMatchObject({
      kind: 'correction',
      reason: 'Partie à 10 h',
      idSeen: true,
    });
  });

  it('works with the script switched off', async () => {
    const session = await givenSession(t);
    const { id } = await givenEnrolment(t, session);
    const page = await open(session, { script: false });
    await button(page, id, 'present').click();
    await page.waitForURL(/#person-/);
    await button(page, id, 'present').and(page.locator('[aria-pressed=\"true\"]')).waitFor();
    expect(await states(session)).toEqual(['present']);
  });

  it.each([
    ['fr', 360],
    ['ar', 360],
    ['fr', 1280],
    ['ar', 1280],
    ['ar', 320],
  ])('has big targets, no sideways scroll and no fault of access in %s at %i px', async (locale, width) => {
    const session = await givenSession(t);
    const people = [
      await givenEnrolment(t, session, {
        name: ['Fatima Zahra', 'El Ouazzani'],
        nameAr: ['فاطمة الزهراء', 'الوزاني'],
      }),
      await givenEnrolment(t, session, {
        name: ['Mohammed Abderrahmane Moulay Abdellah', 'Ben Abdeljalil Tazi'],
      }),
      await givenEnrolment(t, session, { name: null, nameAr: ['إدريس', 'البقالي'], status: 'waiting' }),
    ];
    const at = t.clock.now().toISOString();
    await send(t, session, [
      mark(people[0]!.id, 1, { at }),
      mark(people[1]!.id, 1, { at, kind: 'partial', value: 60, idSeen: true }),
    ]);
    for (const path of ['roll-call', 'attendance', 'close']) {
      const page = await open(session, { path: `/${locale}/staff/sessions/${session.id}/${path}`, width });
      const small = await page
        .locator(
          'main button:visible, main a:visible, main summary:visible, main input:not([type=hidden]):visible',
        )
        .evaluateAll((all: DomElement[]) =>
          all
            .map((one) => ({
              box: (one.closest('label') ?? one).getBoundingClientRect(),
              html: one.outerHTML.slice(0, 80),
            }))
            .filter(({ box }) => box.height < 48 || box.width < 48)
            .map(({ html }) => html),
        );
      expect([path, small]).toEqual([path, []]);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBe(0);
      const serious = await faultsOf(page);
      expect([path, serious]).toEqual([path, []]);
    }
  });

  /** Serious faults that axe and HTML_CodeSniffer (WCAG 2 AA) see; scripts are run past the content policy. */
  async function faultsOf(page: Page): Promise<string[]> {
    await page.evaluate(AXE);
    await page.evaluate(HTMLCS);
    return page.evaluate(FAULTS);
  }
});
