/// <reference lib="dom" />
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { HOME } from '../courses/author.js';
import { accessibilityFaults, launchBrowser, listen, scrollsSideways, until } from '../support/browser.js';
import { FILMED, type FilmSet, givenFilmSet, givenStage, pictures, type Stage, tone, X264 } from './films.js';

jest.setTimeout(180_000);

/** Chromium's own microphone, which beeps, and nobody to ask. */
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
/** Seconds of the film. */
const SECONDS = 7;
const NO_HLS = `HTMLMediaElement.prototype.canPlayType = () => '';`;
const status = `document.querySelector('[data-status]').textContent`;
const video = `document.querySelector('video')`;
const vtt = (one: string, two: string): string =>
  `WEBVTT\n\n00:00.500 --> 00:03.000\n${one}\n\n00:03.500 --> 00:06.000\n${two}\n`;

describe('a film in several languages, from a microphone to a learner', () => {
  let stage: Stage;
  let set: FilmSet;
  let browser: Browser;
  let author: BrowserContext;
  let base: string;
  let block: string;

  beforeAll(async () => {
    stage = await givenStage();
    set = await givenFilmSet();
    block = `${HOME}/parts/${FILMED}/${set.part}`;
    const file = await stage.shoot('film.mp4', ...pictures('480x270', SECONDS), ...tone(SECONDS), ...X264);
    expect(await set.film(file, 'fr')).toMatchObject({ state: 'placed' });
    await set.a.save(block, { 't:/title/fr': 'L’atelier', 't:/title/ar': 'الورشة' });
    await set.a.post(`${block}/video`, [
      ['captions-fr', vtt('Voici l’atelier.', 'On noue la laine.')],
      ['captions-ar', vtt('هذه هي الورشة.', 'نعقد الصوف.')],
      ['revision', String(await set.revisions())],
    ]);
    base = await listen(set.a.t);
    browser = await launchBrowser(MICROPHONE);
    author = await browser.newContext({ viewport: { width: 360, height: 1400 } });
    await author.addCookies([{ name: 'qafila', value: set.a.token, url: base }]);
    await author.addInitScript(NO_HLS);
  });
  afterAll(async () => {
    await browser?.close();
    await set?.close();
    await stage?.clear();
  });

  const lookAt = async (page: Page): Promise<void> => {
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
  };

  it('is spoken against the running picture, which is muted and shows the words, and kept as one language', async () => {
    const page = await author.newPage();
    await page.goto(`${base}${block}`);
    await lookAt(page);
    await page.click('#languages a[href$="lang=rif"]');
    await page.waitForSelector('[data-booth]:not([hidden])');
    await lookAt(page);
    await page.click('[data-record]');
    await until(page, `${video}.currentTime > 1 && !${video}.paused`);
    expect(await page.evaluate(`${video}.muted`)).toBe(true);
    // Tarifit is told from the Arabic.
    await until(page, `document.querySelector('[data-prompt]').textContent === 'هذه هي الورشة.'`);
    await until(page, `document.querySelector('[data-prompt]').textContent === 'نعقد الصوف.'`);
    // It ends with the picture, by itself.
    await until(page, `/0:0[67] enregistré/.test(${status})`);
    expect(Number(await page.inputValue('input[name="offset"]'))).toBeLessThan(600);
    // What was recorded is heard beside what was seen.
    await page.evaluate(`document.querySelector('[data-preview]').play()`);
    await until(
      page,
      `!${video}.paused && ${video}.currentTime > 0.5 && ${video}.currentTime < ${SECONDS - 1}`,
    );
    const apart = await page.evaluate<number>(
      `Math.abs(${video}.currentTime - document.querySelector('[data-preview]').currentTime)`,
    );
    expect(apart).toBeLessThan(1);
    await lookAt(page);
    await Promise.all([page.waitForURL(/#languages/), page.click('[data-booth-form] button[type=submit]')]);
    expect(await page.textContent('body')).toContain('La voix est posée sur la vidéo');
    expect(await page.textContent('#languages')).toMatch(/Tarifit\s+\d+\sKo/);
    const folder = await mkdtemp(join(stage.folder, 'fetched-'));
    const tracks = (await set.fetchFilm(folder)).audioTracks;
    expect(tracks.map(({ lang, synthetic }) => [lang, synthetic])).toEqual([
      ['fr', false],
      ['rif', false],
    ]);
    await page.close();
  });

  it('keeps nothing of a recording whose picture stood still', async () => {
    const page = await author.newPage();
    await page.goto(`${base}${HOME}/languages/${FILMED}/${set.part}?lang=zgh`);
    // The last pictures never come.
    await page.route(/001\.m4s/, () => new Promise(() => undefined));
    await page.click('[data-record]');
    await until(page, `/s’est arrêtée pendant que vous parliez/.test(${status})`, 30_000);
    expect(await page.evaluate(`document.querySelector('#field-sound').files.length`)).toBe(0);
    await page.close();
  });

  it('is heard in the language somebody listens in, changed without a break, and alone', async () => {
    expect((await set.a.publish()).json()).toEqual({ version: 2 });
    const context = await browser.newContext({ viewport: { width: 360, height: 1400 } });
    await context.addInitScript(NO_HLS);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) =>
      asked.push(new URL(request.url()).pathname.replace(/.*\/(hls|tracks)\//, '')),
    );
    const lesson = `${base}/fr/courses/tissage/la-vente`;
    await page.goto(lesson);
    await page.click('[data-start]');
    await until(page, `${video}.currentTime > 1`);
    await lookAt(page);
    // Nobody has chosen: the film's own sound, and not a byte of the other.
    expect(asked).toContain('audio/000.m4s');
    expect(asked.filter((path) => path.startsWith('rif/'))).toEqual([]);
    expect(await page.locator('#video-language option').allTextContents()).toEqual(['Français', 'Tarifit']);
    const before = await page.evaluate<number>(`${video}.currentTime`);
    await Promise.all([
      page.waitForRequest(/tracks\/rif\/00\d\.m4s/),
      page.selectOption('#video-language', 'rif'),
    ]);
    await until(page, `${video}.currentTime > ${before} && !${video}.paused`);
    // The pictures went on: none was loaded twice.
    expect(asked.filter((path) => path === '240p/000.m4s')).toHaveLength(1);

    asked.length = 0;
    await page.goto(lesson);
    expect(await page.inputValue('#video-language')).toBe('rif');
    await page.click('[data-start]');
    await until(page, `${video}.currentTime > 1`);
    expect(asked).toContain('rif/000.m4s');
    expect(asked.filter((path) => path.startsWith('audio/'))).toEqual([]);

    asked.length = 0;
    await Promise.all([
      page.waitForRequest(/tracks\/rif\/index\.m3u8/),
      page.check('input[name="quality"][value="audio"]'),
    ]);
    await Promise.all([
      page.waitForRequest(/hls\/audio\/index\.m3u8/),
      page.selectOption('#video-language', 'fr'),
    ]);
    expect(asked.filter((path) => path.startsWith('240p/'))).toEqual([]);
    // One choice for the film and for what is read aloud.
    expect(await page.inputValue('#listen-choice')).toBe('fr');
    await context.close();
  });

  it('is given one sound where the browser plays HLS by itself', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 1400 } });
    await context.addInitScript(`HTMLMediaElement.prototype.canPlayType = () => 'maybe';`);
    await context.addCookies([{ name: 'listen', value: 'rif', url: base }]);
    const page = await context.newPage();
    await page.goto(`${base}/ar/courses/tissage/la-vente`);
    await lookAt(page);
    await Promise.all([
      page.waitForRequest(/master\.m3u8\?height=240&sound=rif/),
      page.click('[data-start]'),
    ]);
    await context.close();
  });
});
