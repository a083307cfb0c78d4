/// <reference lib="dom" />
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createTestApp, type TestApp } from './app.js';
import { launchBrowser, listen, until } from './browser.js';
import { FaultyProxy } from './proxy.js';

/** How many files this phone has of anybody. */
export const STORED_FILES = `(async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith('qafila-person-'));
  const counts = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  return counts.reduce((sum, count) => sum + count, 0);
})()`;

/** A phone whose network comes and goes. */
export class Airplane {
  private constructor(
    readonly t: TestApp,
    readonly browser: Browser,
    /** Everything of the browser goes through it: refusing, it is a server that is not there. */
    readonly door: FaultyProxy,
    readonly base: string,
  ) {}

  static async start(): Promise<Airplane> {
    const t = await createTestApp();
    t.clock.run();
    const address = await listen(t);
    const door = await FaultyProxy.to(address);
    return new Airplane(t, await launchBrowser(), door, new URL(door.through(address)).origin);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.door.close();
    await this.t.close();
  }

  /** A browser of its own, signed in. */
  async visit(
    token: string,
    options: { locale: string; viewport: object; script?: string },
  ): Promise<{ context: BrowserContext; page: Page }> {
    const { script, ...rest } = options;
    const { base } = this;
    const context = await this.browser.newContext({ ...rest, baseURL: base } as object);
    await context.addCookies([{ name: 'qafila', value: token, url: base }]);
    if (script) await context.addInitScript(script);
    return { context, page: await context.newPage() };
  }
}

/** Opens a lesson or a course and stores it. */
export async function store(page: Page, address: string, deed: 'full' | 'light'): Promise<void> {
  await page.goto(address);
  await page.waitForSelector(`[data-state="none"] [data-deed="${deed}"]`);
  await until(page, `document.querySelector('[data-${deed}-size]').textContent !== ''`);
  await page.click(`[data-state="none"] [data-deed="${deed}"]`);
  await page.waitForSelector('[data-state="stored"]:not([hidden])', { timeout: 60_000 });
  await untilOwned(page);
}

/** Until the service worker answers this page and knows whose it is: it is told when the page is idle. */
export async function untilOwned(page: Page): Promise<void> {
  await until(page, `navigator.serviceWorker.controller !== null`);
  await until(
    page,
    `new Promise((done) => { const r = indexedDB.open('qafila-offline', 1); r.onsuccess = () => {
      const q = r.result.transaction('settings').objectStore('settings').get('owner'); q.onsuccess = () => { r.result.close(); done(q.result !== undefined); } } })`,
  );
}

/** Bytes of a size as the page writes it. */
export const bytesOf = (text: string): number => {
  const figure = Number(text.replace(/[^\d.,]/g, '').replace(',', '.'));
  return /[MمM]/.test(text.replace(/\d/g, '')) && !/K|ك/.test(text) ? figure * 1e6 : figure * 1e3;
};
