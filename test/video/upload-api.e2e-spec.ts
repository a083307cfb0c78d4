import { rm, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { SoundStudio } from '../../src/shared/listening/sound-studio.service.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { AppConfig } from '../../src/config/app-config.js';
import { UploadExpiry } from '../../src/video/jobs/upload-expiry.handler.js';
import { UploadFolder } from '../../src/video/upload-folder.js';
import { SignInService } from '../../src/identity/public.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { newId } from '../../src/shared/new-id.js';
import { createTestApp } from '../support/app.js';
import { listen } from '../support/browser.js';
import { API, clip, givenSender, idOf, sendAndBreakOff, type Sender, senderOf, sha256 } from './sender.js';

const MEGABYTE = 1024 * 1024;
const WEEK_MS = 7 * 24 * 3600 * 1000;
const MONTH_MS = 30 * 24 * 3600 * 1000;

describe('a video that is sent piece by piece', () => {
  let s: Awaited<ReturnType<typeof givenSender>>;
  let base: string;

  beforeAll(async () => {
    s = await givenSender();
    base = await listen(s.t);
  }, 120_000);
  afterAll(() => s.close());
  afterEach(async () => {
    await s.t.db.manager.query(`UPDATE video_upload SET state = 'cancelled' WHERE state = 'receiving'`);
    await s.settle();
  });

  const codeOf = (answer: { json<T>(): T }): string => answer.json<{ code: string }>().code;
  const stored = async (hash: string): Promise<number | undefined> =>
    (await s.t.app.get(FileStore).stat(hash))?.bytes;

  /** The author at another process of the same server: its own sign-in, the same rows and files. */
  async function sameAuthor(env: Record<string, string>): Promise<Sender> {
    const t = await createTestApp({ env });
    const { token } = await t.app.get(SignInService).issue({ accountId: s.accountId });
    return senderOf(t, { token, accountId: s.accountId, part: s.place.part });
  }

  it('goes on after a cut and after a restart of the server, and is received once', async () => {
    const content = clip(3 * MEGABYTE);
    const url = await s.given(content.length);
    expect((await s.patch(url, 0, content.subarray(0, MEGABYTE))).headers['upload-offset']).toBe(
      String(MEGABYTE),
    );
    const cut = {
      token: s.token,
      offset: MEGABYTE,
      bytes: content.subarray(MEGABYTE, 2 * MEGABYTE),
      whole: 2 * MEGABYTE,
    };
    await sendAndBreakOff(`${base}${url}`, cut);
    await pause(200);

    const config = s.t.app.get(AppConfig);
    const env = {
      QAFILA_VAR: config.QAFILA_VAR,
      DATABASE_URL: s.t.databaseUrl,
      QAFILA_COURSES: s.courses.path,
    };
    const next = await sameAuthor(env);
    const { headers, statusCode } = await next.head(url);
    const offset = Number(headers['upload-offset']);
    expect([statusCode, headers['upload-length'], headers['cache-control']]).toEqual([
      200,
      String(content.length),
      'no-store',
    ]);
    expect(offset).toBeGreaterThan(MEGABYTE);
    expect(offset).toBeLessThanOrEqual(2 * MEGABYTE);
    const last = await next.patch(url, offset, content.subarray(offset));
    expect([last.statusCode, last.headers['upload-offset']]).toEqual([204, String(content.length)]);
    expect(await next.row(url)).toMatchObject({ state: 'received', sha256: sha256(content) });
    expect(await stored(sha256(content))).toBe(content.length);
    expect(await s.files()).not.toContain(idOf(url));
    // Whoever lost the last answer asks again, and nothing happens a second time.
    expect((await next.head(url)).headers['upload-offset']).toBe(String(content.length));
    expect((await next.patch(url, content.length, Buffer.alloc(0))).statusCode).toBe(204);
    expect((await next.remove(url)).statusCode).toBe(404);
    const sql = `SELECT count(*)::int AS n FROM audit_event WHERE action = 'video.upload.receive' AND subject_id = $1`;
    expect(await s.t.db.manager.query(sql, [idOf(url)])).toEqual([{ n: 1 }]);
    await next.close();
  }, 60_000);

  it('is whole although the process died before it said so: asking how far it is finishes it', async () => {
    const content = clip(MEGABYTE, 7);
    const url = await s.given(content.length);
    await writeFile(s.t.app.get(UploadFolder).file(idOf(url)), content);
    expect((await s.head(url)).headers['upload-offset']).toBe(String(content.length));
    expect(await s.row(url)).toMatchObject({ state: 'received', sha256: sha256(content) });
  });

  it('goes nowhere when its file is gone, and is finished when another request was quicker', async () => {
    const content = clip(MEGABYTE, 8);
    const folder = s.t.app.get(UploadFolder);
    const gone = await s.given(content.length);
    await s.patch(gone, 0, content.subarray(0, 1000));
    await rm(folder.file(idOf(gone)));
    const nothing = await s.patch(gone, 1000, content.subarray(1000));
    expect([nothing.statusCode, codeOf(nothing)]).toEqual([404, 'not-found']);

    // Between the look at its size and the look at its head the rest comes by another way.
    const finishesFirst = async (url: string, offset: number) => {
      await s.patch(url, 0, content.subarray(0, 1000));
      Object.assign(folder, {
        head: async (id: string) => {
          Reflect.deleteProperty(folder, 'head');
          await writeFile(folder.file(id), content);
          await s.head(url);
          return folder.head(id);
        },
      });
      return s.patch(url, offset, content.subarray(offset));
    };
    const late = await finishesFirst(await s.given(content.length), 1000);
    expect([late.statusCode, codeOf(late)]).toEqual([409, 'video-offset-differs']);
    const last = await finishesFirst(await s.given(content.length), content.length);
    expect([last.statusCode, last.headers['upload-offset']]).toEqual([204, String(content.length)]);
  });

  it('is nobody else’s: an id alone opens nothing', async () => {
    const url = await s.given(1000);
    const unknown = `${API}/0197f000-0000-7000-8000-000000000000`;
    const other = await givenStaff(s.t, 'admin', { kind: 'installation', id: null });
    const person = await givenPerson(s.t);
    const bytes = clip(1000);
    for (const address of [url, unknown, `${API}/..%2f..%2fetc`, `${API}/x`]) {
      expect((await s.head(address, other.token)).statusCode).toBe(404);
      for (const answer of [
        await s.patch(address, 0, bytes, other.token),
        await s.remove(address, other.token),
      ])
        expect([answer.statusCode, codeOf(answer)]).toEqual([404, 'not-found']);
    }
    for (const [token, status] of [
      ['', 401],
      [person.token, 403],
    ] as const) {
      const answers = [
        await s.begin(1000, undefined, token),
        await s.patch(url, 0, bytes, token),
        await s.remove(url, token),
      ];
      expect([...answers.map(({ statusCode }) => statusCode), (await s.head(url, token)).statusCode]).toEqual(
        Array(4).fill(status),
      );
    }
    // Of a course that is no more the author's, no upload goes on either.
    const stranger = await givenStaff(s.t, 'trainer');
    const told = { ...s.place, spoken: 'fr', filename: 'a.mp4' };
    expect((await s.begin(1000, told, stranger.token)).statusCode).toBe(404);
    await s.t.db.manager.query(
      `UPDATE role_grant SET scope_kind = 'organisation', scope_id = $2 WHERE account_id = $1`,
      [s.accountId, stranger.organisationId],
    );
    expect((await s.head(url)).statusCode).toBe(404);
    await s.t.db.manager.query(
      `UPDATE role_grant SET scope_kind = 'installation', scope_id = NULL WHERE account_id = $1`,
      [s.accountId],
    );
    expect((await s.head(url)).headers['upload-offset']).toBe('0');
  });

  it('needs the token of our own pages from whoever comes with a cookie', async () => {
    const cookies = { qafila: s.token };
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-length': '1000',
      'upload-metadata': 'course dGlzc2FnZQ==',
    };
    const forged = await s.t.inject({ method: 'POST', url: API, headers, cookies });
    expect([forged.statusCode, codeOf(forged)]).toEqual([403, 'forged-request']);
    const url = await s.given(1000);
    const patch = {
      ...({ method: 'PATCH', url, cookies, payload: clip(1000) } as const),
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
    };
    expect((await s.t.inject(patch)).statusCode).toBe(403);
    expect(
      (await s.t.inject({ method: 'DELETE', url, cookies, headers: patch.headers })).statusCode,
    ).not.toBe(204);
    const page = await s.t.inject({ url: `/fr${s.page}`, cookies, headers: { accept: 'text/html' } });
    const [, token = ''] = /data-csrf="([^"]+)"/.exec(page.body) ?? [];
    expect(
      (await s.t.inject({ ...patch, headers: { ...patch.headers, 'x-csrf-token': token } })).statusCode,
    ).toBe(204);
  });

  it('says what is missing or wrong before it begins, field by field', async () => {
    const pointers = (answer: Awaited<ReturnType<Sender['begin']>>) =>
      answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer);
    const none = await s.t.inject({
      ...{
        method: 'POST',
        url: API,
        headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${s.token}` },
      },
    });
    expect(none.statusCode).toBe(422);
    expect(none.headers['content-type']).toMatch(/problem\+json/);
    expect(pointers(none)).toEqual(['/course', '/module', '/part', '/spoken', '/filename', '/bytes']);
    const told = { ...s.place, spoken: 'it', filename: ' \u202e ' };
    expect(pointers(await s.begin(0, told))).toEqual(['/spoken', '/filename', '/bytes']);
    const nowhere = { ...s.place, part: 'nowhere', spoken: 'fr', filename: 'a.mp4' };
    expect((await s.begin(10, nowhere)).statusCode).toBe(404);
    // A block that is rendered from a script takes no film.
    const script = {
      course: 'tissage',
      module: '01-le-prix',
      part: 'film',
      spoken: 'fr',
      filename: 'a.mp4',
    };
    expect((await s.begin(10, script)).statusCode).toBe(409);
    expect(await s.t.db.manager.query(`SELECT 1 FROM video_upload WHERE state = 'receiving'`)).toEqual([]);
  });

  it('is at most 500 MB, and never more than was announced', async () => {
    const tooLarge = await s.begin(524_288_001);
    expect([tooLarge.statusCode, tooLarge.json()]).toEqual([
      413,
      expect.objectContaining({ code: 'video-too-large', limitBytes: 524_288_000 }),
    ]);
    const url = await s.given(1000);
    const more = await s.patch(url, 0, clip(1001));
    expect([more.statusCode, codeOf(more)]).toEqual([413, 'video-too-large']);
    expect((await s.head(url)).headers['upload-offset']).toBe('0');
  });

  it.each([
    ['picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['playlist', Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')],
    ['playlist', Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n")],
    ['archive', Buffer.from('504b0304140000000800', 'hex')],
    ['text', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ])('is refused with its first bytes when it is a %s, and nothing of it stays', async (what, head) => {
    const content = Buffer.concat([head, Buffer.alloc(2 * MEGABYTE, what === 'text' ? 'a' : 0)]);
    const url = await s.given(400 * MEGABYTE);
    const answer = await s.patch(url, 0, content);
    expect([answer.statusCode, codeOf(answer)]).toEqual([415, `video-is-${what}`]);
    expect(await s.row(url)).toMatchObject({ state: 'refused', refusal: `video-is-${what}`, sha256: null });
    expect(await s.files()).not.toContain(idOf(url));
    expect((await s.head(url)).statusCode).toBe(404);
  });

  it('is judged however small its pieces are', async () => {
    const content = Buffer.concat([Buffer.from('#EXTM3U\n'), Buffer.alloc(1000, 'a')]);
    const url = await s.given(content.length);
    for (let at = 0; at < 60; at += 10)
      expect((await s.patch(url, at, content.subarray(at, at + 10))).statusCode).toBe(204);
    const answer = await s.patch(url, 60, content.subarray(60, 70));
    expect([answer.statusCode, codeOf(answer)]).toEqual([415, 'video-is-playlist']);
  });

  it('is written by one request at a time: of two with the same piece one is taken, the other told to look', async () => {
    const content = clip(4 * MEGABYTE, 3);
    const url = await s.given(content.length);
    const half = content.subarray(0, 2 * MEGABYTE);
    const answers = await Promise.all([1, 2, 3].map(() => s.patch(url, 0, half)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409, 409]);
    expect(codeOf(answers.find(({ statusCode }) => statusCode === 409)!)).toBe('video-offset-differs');
    const lasts = await Promise.all(
      [1, 2].map(() => s.patch(url, half.length, content.subarray(half.length))),
    );
    expect(lasts.map(({ statusCode }) => statusCode).every((status) => [204, 409].includes(status))).toBe(
      true,
    );
    expect(await s.row(url)).toMatchObject({ state: 'received', sha256: sha256(content) });
  });

  it('makes way for its own phone on another network: a request that hangs does not keep the next one out', async () => {
    const content = clip(MEGABYTE, 5);
    const url = await s.given(content.length);
    const hanging = request(`${base}${url}`, {
      method: 'PATCH',
      headers: {
        ...{ 'tus-resumable': '1.0.0', authorization: `Bearer ${s.token}`, 'upload-offset': '0' },
        ...{ 'content-type': 'application/offset+octet-stream', 'content-length': String(content.length) },
      },
    });
    hanging.on('error', () => undefined);
    hanging.write(content.subarray(0, 300_000));
    await pause(300);
    const offset = Number((await s.head(url)).headers['upload-offset']);
    const answer = await s.patch(url, offset, content.subarray(offset));
    hanging.destroy();
    if (answer.statusCode === 409) {
      // More came between the two: it says where to go on.
      const now = Number((await s.head(url)).headers['upload-offset']);
      expect((await s.patch(url, now, content.subarray(now))).statusCode).toBe(204);
    } else expect(answer.statusCode).toBe(204);
    expect(await s.row(url)).toMatchObject({ state: 'received', sha256: sha256(content) });
  }, 30_000);

  it('is finished once, whoever asks at the same moment, in one process and in two', async () => {
    const content = clip(2 * MEGABYTE, 11);
    const { QAFILA_VAR } = s.t.app.get(AppConfig);
    const env = { QAFILA_VAR, DATABASE_URL: s.t.databaseUrl, QAFILA_COURSES: s.courses.path };
    const other = await sameAuthor(env);
    const urls = await Promise.all([s.given(content.length), s.given(content.length)]);
    for (const url of urls) await writeFile(s.t.app.get(UploadFolder).file(idOf(url)), content);
    const answers = await Promise.all(
      urls.flatMap((url) => [
        s.head(url),
        other.head(url),
        s.head(url),
        other.patch(url, content.length, Buffer.alloc(0)),
      ]),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 204, 200, 200, 200, 204]);
    const sql = `SELECT count(*)::int AS n FROM audit_event WHERE action = 'video.upload.receive' AND subject_id = ANY ($1)`;
    expect(await s.t.db.manager.query(sql, [urls.map(idOf)])).toEqual([{ n: 2 }]);
    expect(await stored(sha256(content))).toBe(content.length);
    await other.close();
  }, 60_000);

  it('is cancelled at once by its author, also while it is finished: then nothing of it stays', async () => {
    const url = await s.given(MEGABYTE);
    await s.patch(url, 0, clip(1000));
    expect((await s.remove(url)).statusCode).toBe(204);
    expect(await s.files()).not.toContain(idOf(url));
    expect([(await s.head(url)).statusCode, (await s.row(url)).state]).toEqual([404, 'cancelled']);
    for (let seed = 100; seed < 110; seed += 1) {
      const content = clip(MEGABYTE, seed);
      const raced = await s.given(content.length);
      const [last, gone] = await Promise.all([
        s.patch(raced, 0, content),
        pause(seed - 95).then(() => s.remove(raced)),
      ]);
      const { state } = await s.row(raced);
      expect([state === 'received', gone.statusCode === 404]).toEqual([
        last.statusCode === 204,
        state === 'received',
      ]);
      expect(await stored(sha256(content))).toBe(state === 'received' ? content.length : undefined);
      await s.settle();
    }
  }, 60_000);

  it('fills no disk: three unfinished ones for an account, and room for it before the first byte', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => s.begin(1000)));
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(3);
    const refused = answers.find(({ statusCode }) => statusCode !== 201)!;
    expect([refused.statusCode, refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'video-too-many-unfinished', limit: 3 }),
    ]);
    await s.t.db.manager.query(`UPDATE video_upload SET state = 'cancelled' WHERE state = 'receiving'`);
    const folder = s.t.app.get(UploadFolder);
    Object.assign(folder, { freeBytes: () => Promise.resolve(300 * MEGABYTE) });
    const full = await s.begin(100 * MEGABYTE);
    expect([full.statusCode, codeOf(full)]).toEqual([503, 'video-no-room']);
    expect((await s.begin(MEGABYTE)).statusCode).toBe(201);
    Reflect.deleteProperty(folder, 'freeBytes');
  });

  it('counts for its account until its film is settled, and its source goes a month after that has failed', async () => {
    const films = (state: string, failure: string | null, at: Date | null) =>
      s.t.db.manager.query(
        `UPDATE film SET state = $2, failure = $3, finished_at = $4
           FROM video_upload u WHERE u.id = upload_id AND u.id = ANY ($1::uuid[])`,
        [urls.map(idOf), state, failure, at],
      );
    const urls: string[] = [];
    for (const seed of [51, 52, 53]) {
      const url = await s.given(1000);
      expect((await s.patch(url, 0, clip(1000, seed))).statusCode).toBe(204);
      urls.push(url);
    }
    const [old = '', young = ''] = urls;
    const fourth = async (): Promise<number> => (await s.begin(1000)).statusCode;
    expect(await fourth()).toBe(409);
    const now = s.t.clock.now().getTime();
    await films('failed', 'film-no-room', new Date(now - MONTH_MS + 1000));
    const refused = await s.begin(1000);
    expect([refused.statusCode, codeOf(refused)]).toEqual([409, 'video-too-many-unfinished']);

    await s.t.db.manager.query('UPDATE film SET finished_at = $2 WHERE upload_id = $1', [
      idOf(old),
      new Date(now - MONTH_MS),
    ]);
    expect(await s.t.app.get(UploadExpiry).expire()).toMatchObject({ forsaken: 1 });
    expect(await s.row(old)).toMatchObject({ state: 'expired', sha256: null });
    expect(await stored(sha256(clip(1000, 51)))).toBeUndefined();
    expect(await s.row(young)).toMatchObject({ state: 'received' });
    expect(await stored(sha256(clip(1000, 52)))).toBe(1000);
    // Nothing is there to make it of.
    const again = await s.t.api(`/films/${idOf(old)}/again`, { token: s.token, body: {} });
    expect([again.statusCode, codeOf(again)]).toEqual([404, 'not-found']);
    expect(await fourth()).toBe(201);
    expect(await fourth()).toBe(409);
    await films('placed', null, new Date(now));
    expect(await fourth()).toBe(201);
  });

  it('waits a week for its next byte, then it is off the disk and the row says so', async () => {
    const [old, young] = [await s.given(MEGABYTE), await s.given(MEGABYTE)];
    await s.patch(old, 0, clip(1000));
    await s.patch(young, 0, clip(1000));
    for (const [url, ms] of [
      [old, WEEK_MS],
      [young, WEEK_MS - 1000],
    ] as const)
      await s.t.db.manager.query('UPDATE video_upload SET touched_at = $2 WHERE id = $1', [
        idOf(url),
        new Date(s.t.clock.now().getTime() - ms),
      ]);
    // As old as the clock of the test says: what lies there unclaimed for a day goes too, and by another way.
    const folder = s.t.app.get(UploadFolder);
    const pathOf = (id: string): string => folder.file(id);
    for (const url of [old, young]) await utimes(pathOf(idOf(url)), s.t.clock.now(), s.t.clock.now());
    const [orphan, fresh] = [newId(), newId()];
    for (const id of [orphan, fresh]) await writeFile(pathOf(id), 'left by a process that died');
    await utimes(pathOf(fresh), s.t.clock.now(), s.t.clock.now());
    await s.t.db.manager.query(
      `INSERT INTO job (id, kind, payload, max_attempts) VALUES (gen_random_uuid(), 'video.uploads.expire', '{}', 3)`,
    );
    await s.t.runJobs();
    expect([(await s.row(old)).state, (await s.row(young)).state]).toEqual(['expired', 'receiving']);
    const left = (await s.files()).filter((name) => [idOf(old), idOf(young), orphan, fresh].includes(name));
    expect(new Set(left)).toEqual(new Set([idOf(young), fresh]));
    expect((await s.head(old)).statusCode).toBe(404);
  });

  it('says that ffmpeg is missing before a byte is sent, on the page too', async () => {
    const studio = s.t.app.get(SoundStudio);
    Object.assign(studio, { program: 'no-such-ffmpeg', known: undefined });
    const answer = await s.begin(1000);
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'video-no-ffmpeg', missing: 'ffmpeg' }),
    ]);
    const page = await s.t.inject({
      url: `/fr${s.page}`,
      headers: { accept: 'text/html', authorization: `Bearer ${s.token}` },
    });
    expect(page.body).toMatch(/Le paquet ffmpeg manque/);
    expect(page.body).toMatch(/type="file"[^>]* disabled/);
    Object.assign(studio, { program: 'ffmpeg', known: undefined });
  });

  it('says what of the protocol it speaks, and refuses what it does not', async () => {
    const options = await s.t.inject({ method: 'OPTIONS', url: API });
    expect([options.statusCode, options.headers['tus-version'], options.headers['tus-extension']]).toEqual([
      204,
      '1.0.0',
      'creation,creation-with-upload,termination',
    ]);
    const url = await s.given(1000);
    const headers = { authorization: `Bearer ${s.token}`, 'content-type': 'application/offset+octet-stream' };
    const versionless = await s.t.inject({
      method: 'PATCH',
      url,
      headers: { ...headers, 'upload-offset': '0' },
      payload: clip(10),
    });
    expect([versionless.statusCode, versionless.headers['content-type']]).toEqual([
      412,
      expect.stringMatching(/problem\+json/),
    ]);
    const typeless = await s.t.inject({
      method: 'PATCH',
      url,
      headers: { ...headers, 'content-type': 'text/plain' },
      payload: 'a',
    });
    expect(typeless.statusCode).toBe(415);
    // The type is of this address alone.
    const elsewhere = await s.t.inject({
      method: 'POST',
      url: '/api/v1/courses/tissage/draft',
      headers,
      payload: clip(10),
    });
    expect(elsewhere.statusCode).toBe(415);
  });
});
