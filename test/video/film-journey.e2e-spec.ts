/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { FileStore } from '../../src/shared/files/file-store.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { accessibilityFaults, launchBrowser, listen, scrollsSideways, until } from '../support/browser.js';
import { pictures, tone, X264, givenStage, type Stage } from './films.js';
import { givenSender, sha256 } from './sender.js';

const LESSON = '/courses/tissage/la-vente';
const SECONDS = 8;
const captions = (first: string, second: string): string =>
  `WEBVTT\n\n00:00.500 --> 00:03.000\n${first}\n\n00:03.500 --> 00:06.000\n${second}\n`;

describe('a video, from a telephone to a learner', () => {
  let s: Awaited<ReturnType<typeof givenSender>>;
  let stage: Stage;
  let browser: Browser;
  let author: BrowserContext;
  let base: string;
  let file: string;

  beforeAll(async () => {
    stage = await givenStage();
    s = await givenSender();
    s.t.clock.run();
    base = await listen(s.t);
    browser = await launchBrowser();
    author = await browser.newContext({ viewport: { width: 360, height: 900 } });
    await author.addCookies([{ name: 'qafila', value: s.token, url: base }]);
    // Upright, as one holds a telephone.
    file = await stage.shoot('atelier.mp4', ...pictures('720x1280', SECONDS), ...tone(SECONDS), ...X264);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await s?.close();
    await stage?.clear();
  });

  const lookAt = async (page: Page): Promise<void> => {
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
  };

  it('is sent, prepared while one watches, and waits for its captions in the draft', async () => {
    const page = await author.newPage();
    await page.goto(`${base}/fr${s.page}`);
    await page.setInputFiles('#field-video', file);
    await page.click('form[data-send] button[type="submit"]');
    await page.waitForURL(/sent=1/, { timeout: 30_000 });
    expect(await page.textContent('[data-film]')).toContain('Préparation de la vidéo');
    await lookAt(page);
    const jobs = s.t.runJobs();
    // The page is told, and shows it without being asked.
    await page.waitForSelector('[data-film] .alert--good', { timeout: 60_000 });
    await jobs;
    expect(await page.textContent('[data-film]')).toContain('La vidéo est à sa place dans le brouillon');
    await lookAt(page);
    // What was sent is needed no more.
    expect(await s.t.app.get(FileStore).stat(sha256(await readFile(file)))).toBeUndefined();
    await page.click('[data-film] a');
    // The list stands before the text, which is what is written here.
    await page.waitForSelector('[data-as-text]');
    await page.fill('[name="t:/title/fr"]', 'L’atelier');
    await page.fill('[name="t:/title/ar"]', 'الورشة');
    await page.click('.author-save button');
    await page.waitForLoadState();
    for (const button of await page.locator('[data-as-text]').all()) await button.click();
    await page.fill('#field-captions-fr', captions('Voici l’atelier.', 'On noue la laine.'));
    await page.fill('#field-captions-ar', captions('هذه هي الورشة.', 'نعقد الصوف.'));
    await page.click('form[action$="/video"] button[type="submit"]');
    await page.waitForSelector('.alert--good, [data-flash]');
    expect(await page.inputValue('#field-captions-ar')).toContain('نعقد الصوف.');
    await lookAt(page);
    await page.close();
  }, 120_000);

  it('is played by hls.js at 240 lines, upright, with what is said beside it, and counts as watched', async () => {
    const { token } = await givenStaff(s.t, 'admin', { kind: 'installation', id: null });
    const published = await s.t.api('/courses/tissage/draft/publish', { token, body: {} });
    expect(published.json()).toEqual({ version: 2 });
    const learner = await givenPerson(s.t);
    const context = await browser.newContext({ viewport: { width: 360, height: 900 } });
    await context.addCookies([{ name: 'qafila', value: learner.token, url: base }]);
    await context.addInitScript(`HTMLMediaElement.prototype.canPlayType = () => '';`);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${base}/ar${LESSON}`);
    await lookAt(page);
    await page.click('[data-start]');
    await until(page, `document.querySelector('video').currentTime > 2`);
    const size = await page.evaluate<number[]>(
      `(({ videoWidth, videoHeight }) => [videoWidth, videoHeight])(document.querySelector('video'))`,
    );
    expect(size).toEqual([240, 426]);
    expect(asked.some((url) => url.includes('hls-player'))).toBe(true);
    expect(await page.textContent('.lesson-video details')).toContain('نعقد الصوف.');
    await until(page, `document.querySelector('video').ended`);
    await page.waitForSelector('[data-watched]:not([hidden])');
    const { modules } = (await s.t.api('/courses/tissage', { token: learner.token })).json<{
      modules: {
        slug: string;
        video?: { duration: number };
        progress?: { watchedSeconds: number };
      }[];
    }>();
    const module = modules.find(({ slug }) => slug === 'la-vente');
    expect(module?.video?.duration).toBeCloseTo(SECONDS, 0);
    expect(module?.progress?.watchedSeconds).toBeGreaterThan(SECONDS - 2);
    await context.close();
  }, 120_000);
});
