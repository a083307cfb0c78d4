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

  /** Sends the form of the captions and waits for the page that comes back. */
  const saved = async (page: Page): Promise<void> => {
    await Promise.all([
      page.waitForEvent('load'),
      page.click('form[action$="/video"] button[type="submit"]', { noWaitAfter: true }),
    ]);
    await page.waitForSelector('.alert--good, [data-flash]');
  };

  it('has captions that are written as a list, with the keyboard, and taken from a file of SRT', async () => {
    const page = await author.newPage();
    await page.goto(`${base}${block}`);
    const french = page.locator('[data-caption-list]').first();
    const rows = french.locator('.cue');
    expect(await rows.count()).toBe(2);
    expect(await french.locator('textarea.author-captions').isVisible()).toBe(false);
    await lookAt(page);
    // Nothing is written over by looking.
    expect(await page.inputValue('#field-captions-fr')).toBe(
      vtt('Voici l’atelier.', 'On noue la laine.').trimEnd(),
    );
    const end = rows.nth(0).locator('[data-end]');
    await end.press('Shift+ArrowUp');
    await end.press('ArrowUp');
    expect(await end.inputValue()).toBe('00:04.100');
    expect(await rows.nth(1).locator('[data-problem]').isVisible()).toBe(true);
    expect(await rows.nth(1).locator('[data-problem]').textContent()).toContain(
      'commence avant la fin du précédent',
    );
    await end.press('Shift+ArrowDown');
    expect(await rows.nth(1).locator('[data-problem]').isVisible()).toBe(false);
    await rows.nth(1).locator('[data-words]').press('Control+Enter');
    expect(await page.evaluate(`document.activeElement.matches('.cue:nth-child(3) [data-words]')`)).toBe(
      true,
    );
    expect(await rows.nth(2).locator('[data-problem]').textContent()).toContain('Écrivez le texte');
    await page.keyboard.type('Trente-six caractères en une seconde.');
    // It ends with the film: a second is too short for it.
    expect(await rows.nth(2).locator('[data-problem]').textContent()).toContain('1 s ne suffisent pas');
    await lookAt(page);
    await rows.nth(2).locator('[data-remove]').press('Enter');
    expect(await page.evaluate(`document.activeElement.matches('.cue:nth-child(2) [data-remove]')`)).toBe(
      true,
    );
    expect(await page.inputValue('#field-captions-fr')).toBe(
      'WEBVTT\n\n00:00.500 --> 00:03.100\nVoici l’atelier.\n\n00:03.500 --> 00:06.000\nOn noue la laine.',
    );
    const srt = `1\r\n00:00:00,500 --> 00:00:03,000\r\n<i>Voici l’été</i> & nous.\r\n\r\n2\r\n00:00:03,500 --> 00:00:06,000\r\nOn noue la laine.\r\n`;
    await page.setInputFiles('#field-captions-fr-file', {
      ...{ name: 'film.srt', mimeType: 'application/x-subrip' },
      // As older programs write it.
      buffer: Buffer.from(srt.replaceAll('’', "'"), 'latin1'),
    });
    await until(page, `document.querySelector('[data-said]').textContent.startsWith('2 sous-titres')`);
    expect(await rows.nth(0).locator('[data-words]').inputValue()).toBe("Voici l'été & nous.");
    await saved(page);
    expect(await page.inputValue('#field-captions-fr')).toContain(
      "00:00:00.500 --> 00:00:03.000\nVoici l'été &amp; nous.",
    );
    await page.click('[data-caption-list] [data-as-text]');
    await page.fill(
      '#field-captions-fr',
      `WEBVTT\n\nNOTE qui reste\n\n${vtt('Voici l’atelier.', 'On noue la laine.').slice(8)}`,
    );
    await page.click('[data-caption-list] [data-as-list]');
    expect(await page.textContent('[data-said]')).toContain('ne se montre pas en liste');
    await page.fill('#field-captions-fr', vtt('Voici l’atelier.', 'On noue la laine.'));
    await saved(page);
    await page.close();
  });

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

  it('has written words that follow the picture, lead to their moment, and move nothing but themselves', async () => {
    const context = await browser.newContext({
      viewport: { width: 360, height: 500 },
      reducedMotion: 'reduce',
    });
    await context.addInitScript(NO_HLS);
    const page = await context.newPage();
    await page.goto(`${base}/ar/courses/tissage/la-vente`);
    const words = page.locator('[data-transcript]');
    expect(await words.locator('button').count()).toBe(0);
    await page.click('.lesson-video details summary');
    await page.waitForSelector('[data-transcript] button');
    expect(await words.locator('button').allTextContents()).toEqual(['هذه هي الورشة.', 'نعقد الصوف.']);
    await lookAt(page);
    // So low that not both lines are seen at once.
    await page.evaluate(`document.querySelector('[data-transcript]').style.maxBlockSize = '3rem'`);
    const now = `document.querySelector('[data-transcript] [aria-current="true"]')?.textContent`;
    await words.locator('button').nth(1).focus();
    await page.keyboard.press('Enter');
    await until(page, `${video}.currentTime > 3.4 && ${now} === 'نعقد الصوف.'`);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await until(page, `${video}.currentTime < 3 && ${now} === 'هذه هي الورشة.'`);
    await page.evaluate(`document.activeElement.blur()`);
    await page.evaluate(`${video}.pause()`);
    const at = await page.evaluate(`scrollY`);
    await page.waitForTimeout(5200);
    await page.evaluate(`${video}.currentTime = 4`);
    await until(
      page,
      `${now} === 'نعقد الصوف.' && document.querySelector('[data-transcript]').scrollTop > 10`,
    );
    expect(await page.evaluate(`scrollY`)).toBe(at);
    await context.close();

    const plain = await browser.newContext({
      viewport: { width: 360, height: 900 },
      javaScriptEnabled: false,
    });
    const text = await plain.newPage();
    await text.goto(`${base}/fr/courses/tissage/la-vente`);
    expect(await text.textContent('[data-transcript]')).toMatch(/Voici l’atelier\.\s*On noue la laine\./);
    expect(await text.locator('[data-transcript] button').count()).toBe(0);
    await plain.close();
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
