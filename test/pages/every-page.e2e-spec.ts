import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import { launchBrowser, listen, newVisitor } from '../support/browser.js';
import { expectCommitted } from '../support/committed.js';
import { PageChecks } from '../support/page-checks.js';
import { IS_LONG } from '../support/turns.js';
import { type EveryPage, givenEveryPage, type Visit, type Visitor } from './world.js';

const TEXTS = 'test/pages/texts';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NARROW = { width: 320, height: 640 };

/** What is opened with GET and is no page of the site, or is the same page in another state. */
const NO_PAGES: Readonly<Record<string, string>> = {
  '/s/:code': 'leads to a page',
  '/assets/*': 'files',
  '/m/:pass/:bundle/*': 'files',
  '/media/:bundle/*': 'files',
  '/sw.js': 'a script',
  '/app.webmanifest': 'JSON',
  '/practice/pictures/:file': 'files',
  '/staff/courses/:course/draft-files/*': 'files',
  '/dev/outbox': 'JSON',
  '/api/docs': 'for engineers; its own test looks at it',
  '/metrics': 'figures for a monitor',
  '/health/live': 'JSON',
  '/health/ready': 'JSON',
  '/staff': 'goes on to the first place',
  '/sign-out': 'goes on',
  '/sessions/:session/enrol': 'goes back to the session, whose page books',
  ...Object.fromEntries(
    ['document', 'sound', 'remove'].map((deed) => [
      `/staff/courses/:course/parts/:module/:part/attachments/${deed}`,
      'goes back to the block after a refused form',
    ]),
  ),
};
const FILES = /\.(csv|json|pdf|zip|svg|png|ics)$/;

/** What differs from run to run and says nothing to a reader: ids, cursors, ports, the address of a shop, shuffled choices. */
function steady(text: string): string {
  const lines = text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/\/m\/\d+\.[\w-]{22}\/[0-9a-f]{64}/g, '/m/<pass>/<hash>')
    .replace(/\/media\/[0-9a-f]{8,}/g, '/media/<hash>')
    .replace(/\b[0-9a-f]{64}\b/g, '<sha256>')
    .replace(/\b[0-9a-f]{8}…/g, '<draw>…')
    .replace(/\/practice\/at\/[\w-]+/g, '/practice/at/<address>')
    .replace(/\/s\/[0-9a-z]{6}\b/g, '/s/<code>')
    .replace(/\/r\/[0-9a-z]{12}\b/g, '/r/<code>')
    .replace(/\b[0-9A-Z]{6}-(?=[a-z])/g, '<address>-')
    .replace(/cursor=[\w-]+/g, 'cursor=<cursor>')
    .replace(/127\.0\.0\.1(:|%3A)\d+/g, '127.0.0.1')
    .split('\n');
  return unshuffled(lines).join('\n');
}

function addressOf({ path, asksLanguage }: Visit, locale: 'ar' | 'fr'): string {
  return asksLanguage ? path : `/${locale}${path === '/' ? '' : path}`;
}

/** Choices in the order of their words: each is a line of the control, and mostly one of its text. */
function unshuffled(lines: readonly string[]): string[] {
  const shown: string[] = [];
  let choices: string[] = [];
  const flush = (): void => {
    shown.push(...choices.sort());
    choices = [];
  };
  for (const line of lines) {
    const last = choices.at(-1);
    if (/^ *- (radio|checkbox) /.test(line)) choices.push(line);
    else if (last !== undefined && !last.includes('\n') && /^ *- text: /.test(line))
      choices[choices.length - 1] = `${last}\n${line}`;
    else {
      flush();
      shown.push(line);
    }
  }
  flush();
  return shown;
}

/**
 * Every page of the site, as a screen reader has it: its roles, names and states are committed in French and Arabic, so
 * that a change of them is seen when it is made. `npm run pages` writes them.
 */
describe('every page', () => {
  let t: EveryPage;
  let browser: Browser;
  let origin: string;
  const contexts = new Map<string, Promise<Page>>();

  beforeAll(async () => {
    t = await givenEveryPage();
    origin = await listen(t);
    browser = await launchBrowser();
    await mkdir(join(ROOT, TEXTS), { recursive: true });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
  }, 60_000);

  async function opened(as: Visitor, locale: 'ar' | 'fr'): Promise<Page> {
    const context: BrowserContext = await newVisitor(browser, origin, { locale, viewport: NARROW });
    if (as !== 'visitor')
      await context.addCookies([{ name: SESSION_COOKIE, value: t.tokens[as], url: origin }]);
    // What a browser has room for, and what a lesson or a course weighs, come when they come: without them nothing is said of it.
    await context.addInitScript(`Object.defineProperty(navigator.storage, 'estimate', { value: undefined })`);
    await context.route(/\/api\/v1\/(modules|courses|practice\/scenarios)\/[^/]+\/pack\?/, () => undefined);
    return context.newPage();
  }

  function pageOf(as: Visitor, locale: 'ar' | 'fr'): Promise<Page> {
    const key = `${as} ${locale}`;
    const known = contexts.get(key);
    if (known) return known;
    const page = opened(as, locale);
    contexts.set(key, page);
    return page;
  }

  it('is visited here, or is known to be none', () => {
    const routes = [...new Set(t.routes.filter(({ method }) => method === 'GET').map(({ url }) => url))]
      .map((url) => (url.length > 1 ? url.replace(/\/$/, '') : url))
      .filter((url) => !url.startsWith('/api/v1') && !FILES.test(url) && !(url in NO_PAGES));
    const there = t.visits.filter(({ status }) => status !== 404);
    const visited = new Set(there.map(({ route }) => route));
    expect(routes.filter((url) => !visited.has(url))).toEqual([]);
    expect([...visited].filter((url) => !routes.includes(url))).toEqual([]);
  });

  it.each(['ar', 'fr'] as const)(
    'says the same as before, fits 320 px and keeps nobody out, in %s',
    async (locale) => {
      const faults: string[] = [];
      const look = async (visit: Visit): Promise<void> => {
        const page = await pageOf(visit.as, locale);
        const checks = new PageChecks(page, locale);
        const address = addressOf(visit, locale);
        const answer = await page.goto(address);
        // Not a page that it leads on to.
        const opened = { ...visit, url: page.url().replace(origin, ''), status: answer?.status() };
        expect(opened).toEqual({ ...visit, url: address, status: visit.status ?? 200 });
        await checks.pass(visit.name, { access: IS_LONG || locale === 'ar' });
        const text = steady(await page.locator('body').ariaSnapshot());
        await expectCommitted(`${TEXTS}/${visit.name}.${locale}.yml`, `${text}\n`);
      };
      for (const visit of t.visits) {
        await look(visit).catch((error: Error) => faults.push(`${visit.name}: ${error.message}`));
      }
      expect(faults.join('\n\n')).toBe('');
    },
    600_000,
  );

  it('has no text left over of a page that is gone', async () => {
    const names = t.visits.flatMap(({ name }) => [`${name}.ar.yml`, `${name}.fr.yml`]);
    expect((await readdir(join(ROOT, TEXTS))).sort()).toEqual(names.sort());
  });
});
