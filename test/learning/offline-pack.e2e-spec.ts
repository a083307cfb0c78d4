import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { quizKeys, testKeys } from '../support/api-steps.js';

const COURSE = 'e-marketing';
const MODULE = 'mon-client-et-mon-offre';
const PUBLISHED = `SELECT v.id FROM course_version v JOIN course c ON c.id = v.course_id WHERE c.slug = $1 ORDER BY v.number DESC LIMIT 1`;

interface Pack {
  page: string;
  slug: string;
  versionId: string;
  bytes: { withoutVideo: number; withVideo: number };
  files: { url: string; bytes: number; part: string }[];
}

describe('what a lesson needs without a network', () => {
  let t: TestApp;
  let token: string;
  beforeAll(async () => {
    t = await createTestApp();
    token = (await givenPerson(t)).token;
  }, 120_000);
  afterAll(() => t.close());

  const packOf = async (lang = 'fr'): Promise<Pack> =>
    (await t.api(`/modules/${MODULE}/pack?lang=${lang}`, { token })).json<Pack>();

  it.each(['fr', 'ar', 'en'])('lists every file with the bytes it has, in %s', async (lang) => {
    const { files, bytes, page, versionId } = await packOf(lang);
    expect(page).toBe(`/${lang}/courses/${COURSE}/${MODULE}`);
    const [published] = (await t.db.manager.query(PUBLISHED, [COURSE])) as { id: string }[];
    expect(versionId).toBe(published!.id);
    for (const { url, bytes: said } of files) {
      const { statusCode, rawPayload } = await t.inject({
        url,
        headers: { accept: url === page ? 'text/html' : '*/*', authorization: `Bearer ${token}` },
      });
      expect([url, statusCode, rawPayload.length]).toEqual([url, 200, said]);
    }
    const sum = (parts: string[]): number =>
      files.filter(({ part }) => parts.includes(part)).reduce((all, file) => all + file.bytes, 0);
    expect(bytes.withoutVideo).toBe(sum(['page', 'app', 'lesson']));
    expect(bytes.withVideo).toBe(sum(['page', 'app', 'lesson', 'video', 'player']));
    expect(new Set(files.map(({ url }) => url)).size).toBe(files.length);
    // The budget of a module that is text, pictures and sound.
    expect(bytes.withoutVideo).toBeLessThan(2_500_000);
  });

  it('has what the page names, and of the film one size, its sound and its captions', async () => {
    const { files, page } = await packOf();
    const { body } = await t.inject({
      url: page,
      headers: { accept: 'text/html', authorization: `Bearer ${token}` },
    });
    const named = [...body.matchAll(/(?:src|href|poster)="(\/(?:media|assets)\/[^"]+)"/g)].map(([, url]) =>
      url!.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'),
    );
    const listed = new Set(files.map(({ url }) => url));
    // The icon of the installed application is the system's to fetch; the large picture is not stored.
    const isLeftOut = /\/maskable-|\?height=480$/;
    expect([...new Set(named)].filter((url) => !listed.has(url) && !isLeftOut.test(url))).toEqual([]);
    const film = files.filter(({ part }) => part === 'video').map(({ url }) => url);
    expect(film.some((url) => url.endsWith('?height=240'))).toBe(true);
    expect(film.filter((url) => url.includes('/480p/'))).toEqual([]);
    for (const piece of [
      /\/240p\/init\.mp4$/,
      /\/240p\/000\.m4s$/,
      /\/audio\/000\.m4s$/,
      /\.ar\.vtt$|ar.*\.vtt$/,
    ])
      expect(film.some((url) => piece.test(url))).toBe(true);
  });

  it('lists the page of a course and its test with the bytes they have, and everything that they name', async () => {
    const { files, page } = (await t.api(`/courses/${COURSE}/pack?lang=ar`, { token })).json<Pack>();
    expect(page).toBe(`/ar/courses/${COURSE}`);
    const pages = files.filter(({ part }) => part === 'page').map(({ url }) => url);
    expect(pages).toEqual([page, `${page}/test`]);
    const listed = new Set(files.map(({ url }) => url));
    for (const { url, bytes: said } of files) {
      const { statusCode, rawPayload, body } = await t.inject({
        url,
        headers: { accept: pages.includes(url) ? 'text/html' : '*/*', authorization: `Bearer ${token}` },
      });
      expect([url, statusCode, rawPayload.length]).toEqual([url, 200, said]);
      if (!pages.includes(url)) continue;
      const named = [...body.matchAll(/(?:src|href)="(\/(?:media|assets)\/[^"]+)"/g)].map(
        ([, file]) => file!,
      );
      expect(named.filter((file) => !listed.has(file) && !file.includes('/maskable-'))).toEqual([]);
    }
  });

  it('counts once for a course what several lessons need', async () => {
    const course = (await t.api(`/courses/${COURSE}/pack?lang=fr`, { token })).json<{
      bytes: Pack['bytes'];
      modules: Pack[];
    }>();
    expect(course.modules.length).toBeGreaterThan(3);
    const each = course.modules.reduce((sum, { bytes }) => sum + bytes.withVideo, 0);
    const [player] = course.modules[0]!.files.filter(({ part }) => part === 'player');
    expect(each - course.bytes.withVideo).toBeGreaterThan(player!.bytes * (course.modules.length - 1));
    expect(course.bytes.withVideo).toBeLessThan(15_000_000);
  });

  it('is for people who learn: nobody else, and nothing that is not there', async () => {
    const staff = await givenStaff(t, 'trainer');
    expect((await t.api(`/modules/${MODULE}/pack`)).statusCode).toBe(401);
    expect((await t.api(`/modules/${MODULE}/pack`, { token: staff.token })).statusCode).toBe(403);
    expect((await t.api('/modules/nothing/pack', { token })).statusCode).toBe(404);
    expect((await t.api('/courses/nothing/pack', { token })).statusCode).toBe(404);
    expect((await t.api(`/modules/${MODULE}/pack?lang=de`, { token })).statusCode).toBe(422);
  });
});

describe('what was kept on a phone', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await createTestApp();
  }, 120_000);
  afterAll(() => t.close());

  /** The right answers as the fields of the page's form. */
  const fields = async (): Promise<Record<string, string | string[]>> => {
    const form: Record<string, string | string[]> = {};
    for (const [item, key] of await quizKeys(COURSE, MODULE)) {
      const { kind } = { kind: Array.isArray(key) ? 'list' : typeof key };
      if (kind === 'list') form[`q.${item}`] = (key as string[]).map(String);
      else if (kind === 'object')
        for (const [choice, option] of Object.entries(key as unknown as Record<string, string>))
          form[`q.${item}.${choice}`] = option;
      else form[`q.${item}`] = String(key);
      if (kind === 'list')
        (key as string[]).forEach((value, index) => (form[`q.${item}.${index + 1}`] = value));
    }
    return form;
  };
  const attempts = async (person: string): Promise<number> =>
    ((await t.db.manager.query(`SELECT 1 FROM quiz_attempt WHERE person_id = $1`, [person])) as unknown[])
      .length;

  it('is told whose facts may be sent, with the token that a cookie needs', async () => {
    const { id, token } = await givenPerson(t);
    expect((await t.api('/me/sync', { token })).json()).toEqual({ person: id });
    const byCookie = await t.inject({ url: '/api/v1/me/sync', cookies: { qafila: token } });
    const { person, csrf } = byCookie.json<{ person: string; csrf: string }>();
    expect(person).toBe(id);
    const sent = await t.inject({
      ...{ method: 'POST', url: `/api/v1/modules/${MODULE}/quiz-attempts`, cookies: { qafila: token } },
      headers: { 'x-csrf-token': csrf, 'x-person': id },
      payload: { id: randomUUID(), fields: await fields() },
    });
    expect(sent.statusCode).toBe(201);
    expect((await t.api('/me/sync')).statusCode).toBe(401);
  });

  it('marks the fields of a form as the page would, with its own time, once however often it comes', async () => {
    const { id, token } = await givenPerson(t);
    const at = new Date(t.clock.now().getTime() - 3 * 86_400_000).toISOString();
    const body = { id: randomUUID(), at, fields: await fields() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => t.api(`/modules/${MODULE}/quiz-attempts`, { token, body })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(201));
    for (const answer of answers) expect(answer.json()).toMatchObject({ passed: true, attempt: 1, at });
    expect(await attempts(id)).toBe(1);
  });

  describe('a test before or after the course', () => {
    const HOUR = 3_600_000;
    const DAY = 24 * HOUR;
    const testFields = async (): Promise<Record<string, string>> =>
      Object.fromEntries([...(await testKeys(COURSE))].map(([item, key]) => [`q.${item}`, String(key)]));
    const ago = (ms: number): string => new Date(t.clock.now().getTime() - ms).toISOString();
    const send = async (token: string, phase: string, at: string, id: string = randomUUID()) =>
      t.api(`/courses/${COURSE}/test-attempts`, {
        token,
        body: { id, phase, at, fields: await testFields() },
      });
    const learn = async (token: string, at: string): Promise<void> => {
      const body = { id: randomUUID(), at, fields: await fields() };
      const answer = await t.api(`/modules/${MODULE}/quiz-attempts`, { token, body });
      expect(answer.statusCode).toBe(201);
    };

    it('counts when it was taken, not when it came, once however often it comes', async () => {
      const { token } = await givenPerson(t);
      // What was learned after the first test arrives before it.
      await learn(token, ago(2 * DAY));
      const [id, at] = [randomUUID(), ago(3 * DAY)];
      const answers = await Promise.all(Array.from({ length: 8 }, () => send(token, 'pre', at, id)));
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(201));
      for (const answer of answers) expect(answer.json()).toMatchObject({ phase: 'pre', at, score: null });
      const second = await send(token, 'post', ago(DAY));
      expect(second.json()).toMatchObject({ phase: 'post', at: ago(DAY) });
    });

    it('is too early by the time it was taken, and no first one after learning', async () => {
      const { token } = await givenPerson(t);
      expect((await send(token, 'pre', ago(2 * DAY))).statusCode).toBe(201);
      const early = await send(token, 'post', ago(2 * DAY - HOUR));
      expect([early.statusCode, early.json<{ code: string }>().code]).toEqual([409, 'test-too-early']);
      const other = await givenPerson(t);
      await learn(other.token, ago(3 * DAY));
      const late = await send(other.token, 'pre', ago(2 * DAY));
      expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'test-taken']);
    });

    it('is marked in the version that was shown, and in none that is not there', async () => {
      const { token } = await givenPerson(t);
      const body = { id: randomUUID(), versionId: randomUUID(), phase: 'pre', fields: await testFields() };
      const wrong = await t.api(`/courses/${COURSE}/test-attempts`, { token, body });
      expect(wrong.statusCode).toBe(422);
      expect(wrong.json()).toMatchObject({ errors: [{ pointer: '/versionId', code: 'not-a-choice' }] });
    });
  });

  it('says which question of a form was left out', async () => {
    const { id, token } = await givenPerson(t);
    const all = await fields();
    const [left] = Object.keys(all);
    const rest = Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith(left!)));
    const body = { id: randomUUID(), fields: rest };
    const answer = await t.api(`/modules/${MODULE}/quiz-attempts`, { token, body });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      errors: [{ pointer: `/answers/${left!.slice(2)}`, code: 'required' }],
    });
    expect(await attempts(id)).toBe(0);
  });

  it.each([
    ['a quiz', 'POST', 'quiz-attempts'],
    ['what was watched', 'PUT', 'progress'],
  ] as const)('is never taken for another person: %s', async (_, method, path) => {
    const [one, other] = [await givenPerson(t), await givenPerson(t)];
    const body: object =
      method === 'POST'
        ? { id: randomUUID(), fields: await fields() }
        : { events: [{ id: randomUUID(), ranges: [[0, 4]], position: 4, at: t.clock.now().toISOString() }] };
    const send = (token: string): Promise<LightMyRequestResponse> =>
      t.api(`/modules/${MODULE}/${path}`, { method, token, body, headers: { 'x-person': one.id } });
    const refused = await send(other.token);
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ code: 'other-person' });
    expect(await attempts(other.id)).toBe(0);
    expect((await send(one.token)).statusCode).toBeLessThan(300);
  });
});

describe('the installed application', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await createTestApp();
  }, 120_000);
  afterAll(() => t.close());

  it.each([
    ['fr', 'Qafila', 'ltr'],
    ['ar', 'قافلة', 'rtl'],
  ])('has a name, a direction and icons in %s', async (locale, name, dir) => {
    const { headers, body } = await t.inject({ url: `/${locale}/app.webmanifest` });
    expect(headers['content-type']).toContain('application/manifest+json');
    const manifest = JSON.parse(body) as { icons: { src: string; sizes: string; purpose: string }[] };
    expect(manifest).toMatchObject({
      short_name: name,
      lang: locale,
      dir,
      id: '/',
      scope: '/',
      display: 'standalone',
    });
    expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
      '192x192 any',
      '512x512 any',
      '192x192 maskable',
      '512x512 maskable',
    ]);
    for (const { src, sizes } of manifest.icons) {
      const { rawPayload, headers: of } = await t.inject({ url: src });
      expect(of['content-type']).toBe('image/png');
      expect(`${rawPayload.readUInt32BE(16)}x${rawPayload.readUInt32BE(20)}`).toBe(sizes);
    }
  });

  it('is named by the pages of people who learn, not by those of the staff', async () => {
    const page = async (url: string): Promise<string> =>
      (await t.inject({ url, headers: { accept: 'text/html' } })).body;
    expect(await page('/ar/courses')).toContain('<link rel="manifest" href="/ar/app.webmanifest">');
    const { token } = await givenStaff(t, 'manager');
    const staff = await t.inject({
      url: '/fr/staff/learning',
      headers: { accept: 'text/html' },
      cookies: { qafila: token },
    });
    expect(staff.body).not.toContain('app.webmanifest');
  });

  it('asks for its service worker anew each time, and keeps a page without anybody in it', async () => {
    const { headers, body } = await t.inject({ url: '/sw.js' });
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'text/javascript; charset=utf-8',
    });
    const shell = JSON.parse(/self\.SHELL=(\{.*?\});/.exec(body)![1]!) as {
      pages: string[];
      files: string[];
    };
    expect(shell.pages).toEqual(['/ar/offline', '/fr/offline', '/en/offline']);
    for (const url of [...shell.pages, ...shell.files])
      expect((await t.inject({ url })).statusCode).toBe(200);
  });
});
