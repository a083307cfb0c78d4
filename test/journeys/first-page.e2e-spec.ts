import type { Browser, Page } from 'playwright-core';
import { createTestApp, type TestApp } from '../support/app.js';
import { launchBrowser, listen, newVisitor, PHONE_SCREEN } from '../support/browser.js';

/** What the first page may cost whoever opens it, headers and fonts included. */
const MOST_BYTES = 60_000;
const MOST_REQUESTS = 6;

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
});
