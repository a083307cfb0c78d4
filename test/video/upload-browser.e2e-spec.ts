/// <reference lib="dom" />
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { FileStore } from '../../src/shared/files/file-store.js';
import { accessibilityFaults, launchBrowser, listen, scrollsSideways, until } from '../support/browser.js';
import { isTurn, viewOf } from '../support/turns.js';
import { fileForm } from '../courses/sounds.js';
import { clip, givenSender, idOf, sha256 } from './sender.js';

const MEGABYTE = 1024 * 1024;
const run = promisify(execFile);
/** What a place of the page says, without the marks that keep figures apart from the words around them. */
const said = (name: string): string =>
  `document.querySelector('[data-${name}]').textContent.replace(/[\u2068\u2069]/g, '')`;
const [GUESS, STATUS, AMOUNT, LEFT, HINT] = ['guess', 'status', 'amount', 'left', 'shrink-hint'].map(said);

describe('the page a video is sent on', () => {
  let s: Awaited<ReturnType<typeof givenSender>>;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let base: string;
  let folder: string;

  beforeAll(async () => {
    s = await givenSender();
    base = await listen(s.t);
    browser = await launchBrowser();
    folder = await mkdtemp(join(tmpdir(), 'qafila-videos-'));
    context = await browser.newContext({ viewport: { width: 360, height: 900 } });
    await context.addCookies([{ name: 'qafila', value: s.token, url: base }]);
    page = await context.newPage();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await s.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await page.unrouteAll();
    await s.t.db.manager.query(`UPDATE video_upload SET state = 'cancelled' WHERE state = 'receiving'`);
    await s.settle();
  });

  const open = (locale = 'fr') => page.goto(`${base}/${locale}${s.page}`);
  const given = async (name: string, content: Buffer): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const newest = async () => {
    const sql = `SELECT id, state, sha256, file_name AS "fileName", spoken, bytes::float8 AS bytes FROM video_upload ORDER BY id DESC LIMIT 1`;
    const [row] = (await s.t.db.manager.query(sql)) as {
      id: string;
      state: string;
      sha256: string;
      fileName: string;
      spoken: string;
      bytes: number;
    }[];
    return row!;
  };
  /** Holds a mobile network's speed, in bytes per second; 0: there is none. */
  const slowTo = async (perSecond: number): Promise<void> => {
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      ...{ offline: perSecond === 0, latency: 20, downloadThroughput: -1, uploadThroughput: perSecond },
    });
  };

  it('tells the time, sends, goes on by itself after a cut, and says that it has arrived', async () => {
    const content = clip(5 * MEGABYTE, 21);
    await open();
    await page.selectOption('select[name="spoken"]', 'fr');
    await page.setInputFiles('#field-video', await given('atelier.webm', content));
    expect(await page.evaluate(GUESS!)).toBe('5,2 Mo. Sur un réseau faible (400 kbit/s), environ 2 minutes.');
    await slowTo(400_000);
    await page.click('form[data-send] button[type="submit"]');
    await until(page, `/Encore .* environ, à [\\d\\s]+ko\\/s/.test(${LEFT})`);
    expect(await page.evaluate(AMOUNT!)).toMatch(/^\d+\s% · \d,\d Mo sur 5,2 Mo$/);
    await slowTo(0);
    await until(page, `/Pas de réseau|Le réseau a coupé/.test(${STATUS})`);
    const there = Number(
      (await s.head(`/api/v1/video-uploads/${(await newest()).id}`)).headers['upload-offset'],
    );
    expect(there).toBeGreaterThanOrEqual(256 * 1024);
    expect(there).toBeLessThan(content.length);
    await slowTo(20_000_000);
    await page.waitForURL(/sent=1/, { timeout: 30_000 });
    expect(await page.textContent('.alert--good')).toMatch(/La vidéo est arrivée/);
    expect(await page.textContent('.video-upload .badge')).toMatch(/Reçue/);
    expect(await newest()).toMatchObject({
      ...{ state: 'received', fileName: 'atelier.webm', spoken: 'fr', sha256: sha256(content) },
    });
  }, 90_000);

  it('pauses, goes on, warns before leaving, and goes on after the page was closed with the same file', async () => {
    const content = clip(3 * MEGABYTE, 22);
    const file = await given('marche.webm', content);
    await open();
    await slowTo(250_000);
    await page.setInputFiles('#field-video', file);
    await page.click('form[data-send] button[type="submit"]');
    await until(page, `document.querySelector('[data-progress]').value > 5`);
    await page.click('[data-pause]');
    await until(page, `/en pause/.test(${STATUS})`);
    expect(await page.textContent('[data-pause]')).toContain('Continuer');
    const { id } = await newest();
    const paused = (await s.head(`/api/v1/video-uploads/${id}`)).headers['upload-offset'];
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await s.head(`/api/v1/video-uploads/${id}`)).headers['upload-offset']).toBe(paused);
    await page.click('[data-pause]');
    await until(page, `/en cours/.test(${STATUS})`);
    let warned = '';
    page.once('dialog', (dialog) => {
      warned = dialog.type();
      void dialog.accept();
    });
    await open();
    expect(warned).toBe('beforeunload');
    // Another device, or the same one later: the list knows the upload, the person knows the file.
    expect(await page.textContent('.video-upload .badge')).toMatch(/En cours, \d+ %/);
    await slowTo(20_000_000);
    const chooser = page.waitForEvent('filechooser');
    await page.click('[data-resume]');
    await (await chooser).setFiles(await given('autre.webm', clip(1000)));
    await until(page, `/pas le même fichier/.test(${GUESS})`);
    await page.setInputFiles('#field-video', file);
    await page.waitForURL(/sent=1/, { timeout: 30_000 });
    expect(await newest()).toMatchObject({ id, state: 'received', sha256: sha256(content) });
  }, 90_000);

  it('goes on with the same file by itself when it is simply chosen again, and cancels at once', async () => {
    const content = clip(3 * MEGABYTE, 23);
    const file = await given('tapis.webm', content);
    await open();
    await slowTo(250_000);
    await page.setInputFiles('#field-video', file);
    await page.click('form[data-send] button[type="submit"]');
    await until(page, `document.querySelector('[data-progress]').value > 10`);
    const { id } = await newest();
    page.once('dialog', (dialog) => void dialog.accept());
    await open();
    await slowTo(250_000);
    await page.setInputFiles('#field-video', file);
    await page.click('form[data-send] button[type="submit"]');
    await until(page, `document.querySelector('[data-progress]').value > 8`);
    expect((await newest()).id).toBe(id);
    await page.click('[data-cancel]');
    await until(page, `/annulé/.test(${GUESS})`);
    await until(page, `!document.querySelector('form[data-send]').hidden`);
    expect((await newest()).state).toBe('cancelled');
    expect(await s.files()).not.toContain(id);
  }, 90_000);

  it('says that what had arrived is still there when it could not be removed, and removes it later', async () => {
    const file = await given('coupe.webm', clip(3 * MEGABYTE, 24));
    await open();
    await slowTo(250_000);
    await page.setInputFiles('#field-video', file);
    await page.click('form[data-send] button[type="submit"]');
    await until(page, `document.querySelector('[data-progress]').value > 10`);
    const { id } = await newest();
    const isRemoval = (url: URL): boolean => url.pathname.endsWith(id);
    await page.route(isRemoval, (route) =>
      route.request().method() === 'DELETE' ? route.abort('internetdisconnected') : route.continue(),
    );
    await page.click('[data-cancel]');
    await until(page, `/sera effacé au retour du réseau/.test(${GUESS})`);
    expect((await newest()).state).toBe('receiving');
    // Chosen again, the same file begins anew: the old upload is about to go.
    expect(await page.evaluate(`Object.keys(localStorage).filter((key) => key.includes('coupe'))`)).toEqual(
      [],
    );
    await page.unroute(isRemoval);
    await page.evaluate(`void window.dispatchEvent(new Event('online'))`);
    await until(page, `/Ce qui était arrivé est effacé/.test(${GUESS})`);
    expect(await newest()).toMatchObject({ id, state: 'cancelled' });
  }, 60_000);

  it('sends a video as it is when the script that makes it smaller does not come', async () => {
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.route('**/video-shrink*', (route) => route.abort('internetdisconnected'));
    await open();
    await page.setInputFiles('#field-video', await given('entier.webm', clip(MEGABYTE, 25)));
    // The page takes the tick back as soon as the script is missing: often before `check` has seen it.
    await page.click('#field-shrink');
    await until(page, `/ne peut pas réduire cette vidéo/.test(${HINT})`);
    expect(await page.isChecked('#field-shrink')).toBe(false);
    expect(faults).toEqual([]);
  }, 60_000);

  it('says in the reader’s words why something is refused', async () => {
    await open();
    await slowTo(20_000_000);
    const picture = Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.alloc(MEGABYTE),
    ]);
    await page.setInputFiles('#field-video', await given('photo.mp4', picture));
    await page.click('form[data-send] button[type="submit"]');
    await until(page, `/C’est une image, pas une vidéo/.test(${GUESS})`);
    await open();
    expect(await page.textContent('.video-upload')).toMatch(/Refusée[^]*C’est une image/);
  }, 60_000);

  it('makes a video smaller before it is sent, where the browser can', async () => {
    const made = join(folder, 'grand.webm');
    await run('ffmpeg', [
      ...[
        '-loglevel',
        'error',
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=1280x720:r=30:d=3',
        '-f',
        'lavfi',
        '-i',
        'sine=d=3',
      ],
      ...[
        '-c:v',
        'libvpx',
        '-deadline',
        'realtime',
        '-cpu-used',
        '8',
        '-b:v',
        '20M',
        '-minrate',
        '20M',
        '-c:a',
        'libopus',
        made,
      ],
    ]);
    const before = (await readFile(made)).length;
    await open();
    await page.setInputFiles('#field-video', made);
    await page.check('#field-shrink');
    await until(page, `/^Environ .* au lieu de/.test(${HINT})`);
    await page.click('form[data-send] button[type="submit"]');
    await page.waitForURL(/sent=1/, { timeout: 90_000 });
    const row = await newest();
    expect(row).toMatchObject({
      state: 'received',
      fileName: expect.stringMatching(/^grand-480p\.(webm|mp4)$/) as string,
    });
    expect(row.bytes).toBeLessThan(before / 2);
    const small = join(folder, row.fileName);
    const chunks: Buffer[] = [];
    for await (const chunk of await s.t.app.get(FileStore).read(row.sha256)) chunks.push(chunk as Buffer);
    await writeFile(small, Buffer.concat(chunks));
    const { stdout } = await run('ffprobe', [
      ...['-v', 'error', '-show_entries', 'stream=codec_type,height:format=duration', '-of', 'json', small],
    ]);
    const probed = JSON.parse(stdout) as {
      streams: { codec_type: string; height?: number }[];
      format: { duration: string };
    };
    expect(probed.streams.map(({ codec_type }) => codec_type).sort()).toEqual(['audio', 'video']);
    expect(probed.streams.find(({ height }) => height)?.height).toBe(480);
    expect(Number(probed.format.duration)).toBeCloseTo(3, 0);
  }, 120_000);

  it('takes the file in one go without a script, says what was wrong, and cancels', async () => {
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await context.storageState(),
    });
    const still = await plain.newPage();
    await still.goto(`${base}/fr${s.page}`);
    expect(await still.locator('[data-shrink]').isVisible()).toBe(false);
    const content = clip(12 * MEGABYTE, 31);
    await still.selectOption('select[name="spoken"]', 'none');
    await still.setInputFiles('#field-video', await given('sans script.webm', content));
    await Promise.all([still.waitForURL(/sent=1/), still.click('form[data-send] button[type="submit"]')]);
    expect(await still.textContent('.alert--good')).toMatch(/La vidéo est arrivée/);
    expect(await newest()).toMatchObject({
      ...{
        state: 'received',
        fileName: 'sans script.webm',
        spoken: 'none',
        sha256: sha256(content),
        bytes: content.length,
      },
    });
    await still.setInputFiles(
      '#field-video',
      await given('liste.mp4', Buffer.from('#EXTM3U\nfile:///etc/passwd\n')),
    );
    await still.click('form[data-send] button[type="submit"]');
    expect(await still.textContent('.alert--bad')).toMatch(/C’est une liste de lecture/);
    expect(await newest()).toMatchObject({ state: 'refused' });
    await s.given(MEGABYTE);
    await still.goto(`${base}/fr${s.page}`);
    await still.click('form[action$="/cancel"] button');
    expect(await still.textContent('.alert, [role="status"]')).toMatch(/annulé/);
    expect(await newest()).toMatchObject({ state: 'cancelled' });
    await plain.close();
  }, 60_000);

  it('holds no form in memory, believes no form without the page’s token, and keeps nothing of one that breaks off', async () => {
    const cookies = { qafila: s.token };
    const form = await fileForm({ spoken: 'fr' }, [{ field: 'video', name: 'a.webm', content: clip(1000) }]);
    const url = `/fr${s.page}`;
    const forged = await s.t.inject({ ...form, method: 'POST', url, cookies });
    expect(forged.statusCode).toBe(403);
    const authorization = { authorization: `Bearer ${s.token}` };
    const empty = await fileForm({ spoken: 'it' }, []);
    const refused = await s.t.inject({
      ...empty,
      method: 'POST',
      url,
      headers: { ...authorization, ...empty.headers },
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toMatch(/href="#field-spoken"[^]*href="#field-video"/);
    const large = { ...authorization, ...form.headers, 'content-length': '600000000' };
    const answer = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(`${base}${url}`, { method: 'POST', headers: large }, (response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      request.on('error', reject);
      request.write(form.payload.subarray(0, 500));
    });
    expect(answer).toBe(413);
    const before = await newest();
    const boundary = 'cut';
    const begin = `--${boundary}\r\nContent-Disposition: form-data; name="spoken"\r\n\r\nfr\r\n--${boundary}\r\nContent-Disposition: form-data; name="video"; filename="cut.webm"\r\nContent-Type: video/webm\r\n\r\n`;
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${base}${url}`, {
        method: 'POST',
        headers: {
          ...{ ...authorization, 'content-type': `multipart/form-data; boundary=${boundary}` },
          ...{ 'content-length': String(40 * MEGABYTE) },
        },
      });
      request.on('error', () => resolve());
      request.write(Buffer.concat([Buffer.from(begin), clip(2 * MEGABYTE)]), () =>
        setTimeout(() => request.destroy(new Error('no network')), 500),
      );
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const cut = await newest();
    expect(cut.id).not.toBe(before.id);
    expect(cut.state).toBe('cancelled');
    expect(await s.files()).not.toContain(idOf(cut.id));
  }, 60_000);

  it.each([360, 1280])(
    'keeps nobody out and never scrolls sideways, at %d pixels',
    async (width) => {
      await s.given(MEGABYTE);
      await page.setViewportSize({ width, height: 3000 });
      for (const locale of ['fr', 'ar']) {
        await open(locale);
        if (process.env['SHOTS'])
          await page.screenshot({ path: `${process.env['SHOTS']}/${locale}-${width}.png`, fullPage: true });
        const faults = isTurn(0, viewOf(locale, width), 4) ? await accessibilityFaults(page) : [];
        expect([locale, faults, await scrollsSideways(page)]).toEqual([locale, [], false]);
      }
      await page.setInputFiles('#field-video', await given('longue.webm', clip(2 * MEGABYTE, 40)));
      await slowTo(60_000);
      await page.click('form[data-send] button[type="submit"]');
      await until(page, `${LEFT} !== ''`);
      if (width === 1280) await until(page, `/ك/.test(${LEFT})`);
      if (process.env['SHOTS'])
        await page.screenshot({ path: `${process.env['SHOTS']}/sending-${width}.png`, fullPage: true });
      const faults = isTurn(0, width === 360 ? 0 : 1, 2) ? await accessibilityFaults(page) : [];
      expect([faults, await scrollsSideways(page)]).toEqual([[], false]);
      await slowTo(20_000_000);
      await page.click('[data-cancel]');
      await until(page, `!document.querySelector('form[data-send]').hidden`);
    },
    120_000,
  );
});
