import type { Browser, Page } from 'playwright-core';
import { createTestApp, type TestApp } from '../support/app.js';
import { launchBrowser, listen, newVisitor, PHONE_SCREEN } from '../support/browser.js';

/** What the first page may cost whoever opens it, headers and fonts included. */
const MOST_BYTES = 60_000;
const MOST_REQUESTS = 6;

/** The network of the product's budget: 400 kbit/s each way, 400 ms for a trip there and back. */
const SLOW = { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000, offline: false };
/** Milliseconds from the request to the main heading and its button on the screen. */
const HEADING_LIMIT_MS = 3_000;

interface Loaded {
  requests: string[];
  /** As they came over the wire: compressed, with their headers. */
  bytes: number;
}

/** Counts everything that a page asks of the network until it has been quiet. */
async function load(page: Page, path: string): Promise<Loaded> {
  const network = await page.context().newCDPSession(page);
  const loaded: Loaded = { requests: [], bytes: 0 };
  await network.send('Network.enable');
  network.on('Network.requestWillBeSent', ({ request }) => {
    if (!request.url.startsWith('data:')) loaded.requests.push(new URL(request.url).pathname);
  });
  network.on('Network.loadingFinished', ({ encodedDataLength }) => {
    loaded.bytes += encodedDataLength;
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  return loaded;
}

/** Milliseconds from the request to the first paint of the page's content. */
const PAINTED = `new Promise((done) => new PerformanceObserver((list) => {
  const paint = list.getEntriesByName('first-contentful-paint')[0];
  if (paint) done(paint.startTime);
}).observe({ type: 'paint', buffered: true }))`;

/** Is the middle of an element on the screen, under nothing else? */
const isSeen = (selector: string): string => `(() => {
  const { left, top, width, height } = document.querySelector('${selector}').getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return width > 0 && height > 0 && there?.closest('${selector}') !== null;
})()`;

describe('the first page', () => {
  let t: TestApp;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    t = await createTestApp({
      env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: 'first-page-1' },
      isFirstStart: true,
    });
    origin = await listen(t);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  it.each(['fr', 'ar'] as const)(
    'weighs at most 60 KB in at most six requests, in %s',
    async (locale) => {
      const context = await newVisitor(browser, origin, { locale, viewport: PHONE_SCREEN });
      const page = await context.newPage();
      const { requests, bytes } = await load(page, `/${locale}`);
      expect(await page.locator('#cities .stop').count()).toBe(10);
      // Everything came: the page, its style, its script and a font of its script.
      expect(requests.length).toBeGreaterThanOrEqual(4);
      expect({ requests, isFew: requests.length <= MOST_REQUESTS }).toEqual({ requests, isFew: true });
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
      await context.close();
    },
    60_000,
  );

  it.each(['fr', 'ar'] as const)(
    'shows its heading and the button below it within three seconds at 400 kbit/s and 400 ms, in %s',
    async (locale) => {
      const context = await newVisitor(browser, origin, { locale, viewport: PHONE_SCREEN });
      const page = await context.newPage();
      const network = await context.newCDPSession(page);
      await network.send('Network.enable');
      await network.send('Network.emulateNetworkConditions', SLOW);
      await page.goto(`/${locale}`, { waitUntil: 'commit' });
      const painted = await page.evaluate<number>(PAINTED);
      const seen = await page.evaluate<boolean[]>(`[${isSeen('main h1')}, ${isSeen('main a.button')}]`);
      process.stdout.write(`/${locale} at 400 kbit/s: heading after ${Math.round(painted)} ms\n`);
      expect(seen).toEqual([true, true]);
      // The trips alone: one for the page, one for its style.
      expect(painted).toBeGreaterThan(2 * SLOW.latency);
      expect(painted).toBeLessThanOrEqual(HEADING_LIMIT_MS);
      await context.close();
    },
    60_000,
  );
});
