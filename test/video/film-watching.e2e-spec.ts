/// <reference lib="dom" />
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { accessibilityFaults, launchBrowser, listen, until } from '../support/browser.js';
import { type FilmSet, FILMED, givenFilmSet, givenStage, type Stage } from './films.js';

const PROGRESS = `
  UPDATE job SET progress_done = $2, progress_total = $3 WHERE id = (SELECT job_id FROM film WHERE upload_id = $1)`;
const END = `UPDATE film SET state = $2, failure = $3, finished_at = now() WHERE upload_id = $1`;

describe('a page on which films are watched', () => {
  let stage: Stage;
  let set: FilmSet;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let base: string;
  let address: string;
  let file: string;
  beforeAll(async () => {
    stage = await givenStage();
    set = await givenFilmSet();
    base = await listen(set.a.t);
    address = `${base}/fr/staff/courses/tissage/films/${FILMED}/${set.part}`;
    file = join(stage.folder, 'sent.mp4');
    await writeFile(file, 'nobody works on it here');
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 360, height: 900 } });
    await context.addCookies([{ name: 'qafila', value: set.a.token, url: base }]);
  }, 120_000);
  beforeEach(async () => {
    page = await context.newPage();
  });
  afterEach(async () => {
    await page.close();
    await set.a.t.db.write('test.none', 'DELETE FROM film');
    await set.a.t.db.write('test.noneSent', 'DELETE FROM video_upload');
  });
  afterAll(async () => {
    await browser?.close();
    await set?.close();
    await stage?.clear();
  });

  const write = (sql: string, ...values: (string | number | null)[]) =>
    set.a.t.db.write(sql === END ? 'test.end' : 'test.progress', sql, values);
  const words = (upload: string): string =>
    `document.querySelector('[data-upload="${upload}"]')?.textContent`;
  /** True as long as the page was not loaded again. */
  const isKept = (): Promise<boolean> =>
    page.evaluate(`window.kept === 1 && document.querySelector('#field-video').files.length === 1`);

  it('is never loaded again, shows one after the other, and says how each has ended', async () => {
    const [older, newer] = [await set.send(file), await set.send(file)];
    await page.goto(address);
    await page.evaluate('window.kept = 1');
    await page.setInputFiles('#field-video', file);
    await page.focus('#field-video');
    for (const upload of [older, newer]) await write(PROGRESS, upload, 1000, 70_000);
    await until(page, `/0:01 sur 1:10/.test(${words(newer)})`);
    await write(PROGRESS, newer, 35_000, 70_000);
    await until(page, `/0:35 sur 1:10/.test(${words(newer)})`);
    expect(await isKept()).toBe(true);
    await write(END, newer, 'failed', 'film-too-slow');
    await until(page, `/Recommencer/.test(${words(newer)})`);
    expect(await page.textContent('[data-film-said]')).toMatch(/^Cette vidéo a pris trop de temps .* gardée/);
    expect(await accessibilityFaults(page)).toEqual([]);
    // The next is followed now.
    await write(PROGRESS, older, 69_000, 70_000);
    await until(page, `/1:09 sur 1:10/.test(${words(older)})`);
    await write(END, older, 'placed', null);
    await until(page, `document.querySelectorAll('[data-film]').length === 1`);
    expect(await isKept()).toBe(true);
    expect(await page.evaluate('document.activeElement.id')).toBe('field-video');
  }, 60_000);

  it('asks again ten seconds after a refusal', async () => {
    const upload = await set.send(file);
    let refused = 0;
    await page.route('**/events', (route) =>
      refused++ === 0 ? route.fulfill({ status: 429, body: '' }) : route.continue(),
    );
    await page.goto(address);
    await page.evaluate('window.kept = 1');
    await page.setInputFiles('#field-video', file);
    await until(page, `${words(upload)} !== undefined`);
    const began = Date.now();
    await write(END, upload, 'placed', null);
    await until(page, `/à sa place/.test(${words(upload)})`);
    expect(Date.now() - began).toBeGreaterThan(8000);
    expect(await page.textContent('[data-film-said]')).toMatch(/à sa place/);
    expect(await isKept()).toBe(true);
  }, 60_000);

  it('stays as it is without a script, with a link to look again', async () => {
    await set.send(file);
    const { body, headers } = await set.a.get(new URL(address).pathname);
    expect(headers['refresh']).toBeUndefined();
    expect(body).not.toMatch(/http-equiv="refresh"/i);
    expect(body).toMatch(/<noscript><p><a href="[^"]*\/films\/[^"]*">[^]*?Voir où il en est/);
  });
});
