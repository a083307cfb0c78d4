import { setTimeout as pause } from 'node:timers/promises';
import { NARRATOR } from '../../src/courses/media/voice.js';
import { spokenFrench } from '../../src/courses/media/french-speech.js';
import { sha256 } from '../../src/shared/film/media-files.js';
import { narratedLines } from '../../src/people/consent-narration.js';
import { consentDigest, consentScript } from '../../src/people/consent-script.js';
import { ConsentVoices } from '../../src/people/consent-voices.service.js';
import { CONSENT_VERSION } from '../../src/people/person.kinds.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { described, fileForm, soundOf, speech } from '../courses/sounds.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { PlainBrowser } from '../support/browser-like.js';

const HOME = '/fr/staff/consent-voices';
const INSTALLATION = { kind: 'installation', id: null } as const;
const OF_LINE = `SELECT id, bundle, words, text_version AS version FROM consent_recording WHERE line = $1 AND lang = $2`;
const WAITING = `SELECT count(*)::integer AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
const BYTES_OF = `SELECT sha256 FROM media_file WHERE bundle = $1`;

interface Row {
  id: string;
  bundle: string;
  words: string;
  version: string;
}

/** Sounds are made and read by ffmpeg, several a test. */
const SLOW = 60_000;

describe('the voices of the consent', () => {
  let t: TestApp;
  let admin: string;
  let voice: Buffer;

  beforeAll(async () => {
    t = await createTestApp();
    ({ token: admin } = await givenStaff(t, 'admin', INSTALLATION));
    voice = await soundOf(speech(2, 0.02), 'a.webm', '-c:a', 'libopus', '-metadata', 'artist=Somebody');
  }, 120_000);
  afterEach(() => t.db.write('test.noVoices', 'DELETE FROM consent_recording', []));
  afterAll(() => t.close());

  async function send(path: string, fields: Record<string, string>, content?: Buffer, as = admin) {
    const files = content ? [{ field: 'sound', name: 'sound.bin', content }] : [];
    const { payload, headers } = await fileForm(fields, files);
    const url = `${HOME}/${path}`;
    return t.inject({
      method: 'POST',
      url,
      headers: { ...headers, accept: 'text/html', authorization: `Bearer ${as}` },
      payload,
    });
  }
  const takeBack = (line: string, form: Record<string, string>, as = admin) =>
    t.inject({
      method: 'POST',
      url: `${HOME}/${line}/remove`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'text/html',
        authorization: `Bearer ${as}`,
      },
      payload: new URLSearchParams(form).toString(),
    });
  async function api(fields: Record<string, string>, content: Buffer, as = admin) {
    const { payload, headers } = await fileForm(fields, [{ field: 'sound', name: 'a.bin', content }]);
    const url = '/api/v1/consent/recordings';
    return t.inject({ method: 'POST', url, headers: { ...headers, authorization: `Bearer ${as}` }, payload });
  }
  const page = (url: string, as?: string) =>
    t.inject({ url, headers: { accept: 'text/html', ...(as ? { authorization: `Bearer ${as}` } : {}) } });
  const row = (line: string, lang: string) => t.db.readOne<Row>('test.voice', OF_LINE, [line, lang]);
  const rows = () => t.db.read<Row>('test.voices', 'SELECT id FROM consent_recording');
  /** The second step of signing up, where the notice stands. */
  async function notice(locale = 'fr'): Promise<string> {
    const name: Record<string, string> =
      locale === 'ar' ? { givenAr: 'فاطمة', familyAr: 'العلوي' } : { givenFr: 'A', familyFr: 'B' };
    const who = { step: '1', phone: '06 12 34 56 78', ...name };
    return (await new PlainBrowser(t).post(`/${locale}/sign-up`, who)).body;
  }
  const links = (body: string, lang: string): string[] =>
    [...body.matchAll(new RegExp(`data-track="${lang}"><a class="listen" href="([^"]+)"`, 'g'))].map(
      ([, src]) => src!,
    );

  it('came with a French narration of exactly the words that are shown', async () => {
    const kept = narratedLines();
    expect(
      kept.map(({ line, version, words, sourceDigest }) => ({ line, version, words, sourceDigest })),
    ).toEqual(
      consentScript(undefined).map((line) => ({
        line: line.line,
        version: CONSENT_VERSION,
        words: consentDigest(line, 'fr'),
        sourceDigest: sha256(
          JSON.stringify({ voiceId: NARRATOR.id, spoken: line.words.fr.map(spokenFrench) }),
        ),
      })),
    );
    const body = await notice();
    const tracks = links(body, 'fr');
    expect(tracks).toHaveLength(7);
    expect(body).toMatch(/en français<\/span><\/a> <small class="muted">voix de synthèse · <bdi>148 Ko</);
    // The receipt's number is an installation's own: nobody has read it.
    expect(body).toMatch(/id="notice-receipt">.*D-000\/2027/);
    const sound = await t.inject({ url: tracks[0]! });
    expect(sound.headers).toMatchObject({ 'content-type': 'audio/mp4' });
    expect(sound.rawPayload).toHaveLength(kept[0]!.bytes);
    const heard = await described(sound.rawPayload);
    expect(heard).toMatchObject({ codec: 'aac', channels: 1 });
    expect(heard.bitrate).toBeLessThan(40_000);
  });

  it(
    'are recorded by an administrator, and heard on every page that shows the consent',
    async () => {
      expect((await page(`${HOME}?lang=ary`, admin)).body.match(/Manque/g)).toHaveLength(8);
      // Whoever reads aloud from the Arabic sees the number in its order.
      expect((await page(`${HOME}/notice?lang=ary`, admin)).body).toContain('\u206605 39 00 00 00\u2069');
      const answer = await send('notice', { lang: 'ary' }, voice);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, `${HOME}/receipt?lang=ary`]);
      const { bundle, id } = (await row('notice', 'ary'))!;
      const src = `/media/${bundle}/voice.m4a`;
      const { token } = await givenPerson(t);
      for (const body of [await notice('fr'), await notice('ar'), (await page('/fr/me', token)).body])
        expect(links(body, 'ary')).toEqual([src]);
      const kept = await described((await t.inject({ url: src })).rawPayload);
      expect(kept).toMatchObject({ codec: 'aac', channels: 1 });
      expect(JSON.stringify(kept.tags)).not.toContain('Somebody');
      const [audited] = await t.db.read<{ subject: string; facts: object }>(
        'test.audit',
        `SELECT subject_id AS subject, facts FROM audit_event WHERE action = 'people.consent-recording.add'`,
      );
      expect(audited).toEqual({ subject: id, facts: { line: 'notice', lang: 'ary' } });
    },
    SLOW,
  );

  it(
    'play a person before a machine, and of the same words the last one',
    async () => {
      await send('sms', { lang: 'fr', speaker: 'synthetic' }, voice);
      const first = (await row('sms', 'fr'))!;
      await send('sms', { lang: 'fr' }, voice);
      const second = (await row('sms', 'fr'))!;
      expect(await rows()).toHaveLength(1);
      expect(links(await notice(), 'fr')).toContain(`/media/${second.bundle}/voice.m4a`);
      // The very same bytes were sent again: replacing the first took nothing from the second.
      expect((await t.inject({ url: `/media/${first.bundle}/voice.m4a` })).statusCode).toBe(404);
      expect((await t.inject({ url: `/media/${second.bundle}/voice.m4a` })).statusCode).toBe(200);
      expect((await page(`${HOME}/sms?lang=fr`, admin)).body).toContain('Enregistré');
    },
    SLOW,
  );

  it(
    'are not played for other words, nor for another version of the consent',
    async () => {
      await send('photo', { lang: 'rif' }, voice);
      const { bundle, words, version } = (await row('photo', 'rif'))!;
      const src = `/media/${bundle}/voice.m4a`;
      const voices = t.app.get(ConsentVoices);
      const line = voices.script.find((each) => each.line === 'photo')!;
      expect([words, version]).toEqual([consentDigest(line, 'rif'), CONSENT_VERSION]);
      const change = (column: string, value: string) =>
        t.db.write(`test.${column}`, `UPDATE consent_recording SET ${column} = $1`, [value]);
      for (const [column, other, own] of [
        ['words', 'f'.repeat(64), words],
        ['text_version', '2020-01', version],
      ] as const) {
        expect(await notice()).toContain(src);
        await change(column, other);
        expect(await notice()).not.toContain(src);
        const booth = (await page(`${HOME}/photo?lang=rif`, admin)).body;
        expect(booth).toContain('Ancien texte, à relire');
        expect(booth).toContain(src);
        await change(column, own);
      }
      // What was read is not what stands there: nothing is kept.
      const late = await send('photo', { lang: 'rif', words: 'e'.repeat(64) }, voice);
      expect(late.statusCode).toBe(409);
      expect(await rows()).toHaveLength(1);
    },
    SLOW,
  );

  it(
    'are gone from the disk when they are taken back',
    async () => {
      // Bytes that no other test has left on the shelf.
      await send('training', { lang: 'ar' }, await soundOf(speech(1, 0.2, 400), 'b.wav'));
      const { bundle, id } = (await row('training', 'ar'))!;
      const { sha256: bytes } = (await t.db.readOne<{ sha256: string }>('test.bytes', BYTES_OF, [bundle]))!;
      const files = t.app.get(FileStore);
      expect(await files.stat(bytes)).toMatchObject({ hash: bytes });
      expect((await t.inject({ url: `/media/${bundle}/voice.m4a` })).statusCode).toBe(200);
      const taken = await takeBack('training', { lang: 'ar', recording: id });
      expect(taken.statusCode).toBe(303);
      expect(await files.stat(bytes)).toBeUndefined();
      expect((await t.inject({ url: `/media/${bundle}/voice.m4a` })).statusCode).toBe(404);
      expect(await notice('ar')).not.toContain(bundle);
      for (const recording of [id, 'x'])
        expect((await takeBack('training', { lang: 'ar', recording })).statusCode).toBe(404);
    },
    SLOW,
  );

  it(
    'are nobody else’s to record, to see or to take back',
    async () => {
      await send('notice', { lang: 'fr' }, voice);
      const { id } = (await row('notice', 'fr'))!;
      for (const [role, scope] of [
        ['manager', INSTALLATION],
        ['coordinator', INSTALLATION],
        ['trainer', INSTALLATION],
        ['admin', undefined],
      ] as const) {
        const { token } = await givenStaff(t, role, scope);
        const answers = [
          await page(HOME, token),
          await page(`${HOME}/notice`, token),
          await send('notice', { lang: 'ary' }, voice, token),
          await takeBack('notice', { lang: 'fr', recording: id }, token),
          await t.api('/consent/recordings', { token }),
          await api({ line: 'notice', lang: 'ary' }, voice, token),
          await t.api(`/consent/recordings/${id}`, { token, method: 'DELETE' }),
        ];
        expect([role, ...answers.map(({ statusCode }) => statusCode)]).toEqual([
          role,
          ...Array<number>(7).fill(403),
        ]);
      }
      const { token } = await givenPerson(t);
      expect((await send('notice', { lang: 'ary' }, voice, token)).statusCode).toBe(403);
      expect(await rows()).toEqual([{ id }]);
    },
    SLOW,
  );

  it(
    'are sounds, of lines that are read',
    async () => {
      const answers = [
        [await send('notice', { lang: 'ary' }, Buffer.from('<svg onload="alert(1)">')), 415],
        [await send('notice', { lang: 'ary' }), 422],
        [await send('notice', { lang: 'ary' }, await soundOf('anullsrc=d=2', 'a.wav')), 422],
        [await send('nothing', { lang: 'ary' }, voice), 404],
      ] as const;
      for (const [{ statusCode, body }, status] of answers) {
        expect([statusCode, body.includes('<h1')]).toEqual([status, true]);
      }
      expect(await rows()).toEqual([]);
    },
    SLOW,
  );

  it(
    'are listed, added and taken back by the API too',
    async () => {
      const added = await api({ line: 'whatsapp', lang: 'ary' }, voice);
      expect(added.statusCode).toBe(201);
      const { id } = added.json<{ id: string }>();
      const { items } = (await t.api('/consent/recordings', { token: admin })).json<{
        items: { url: string }[];
      }>();
      expect(items).toEqual([
        expect.objectContaining({ id, line: 'whatsapp', lang: 'ary', speaker: 'person', current: true }),
      ]);
      expect((await t.inject({ url: items[0]!.url })).statusCode).toBe(200);
      const gone = await t.api(`/consent/recordings/${id}`, { token: admin, method: 'DELETE' });
      expect(gone.statusCode).toBe(204);
      expect((await t.inject({ url: items[0]!.url })).statusCode).toBe(404);
    },
    SLOW,
  );

  it(
    'leave one recording when the same line is sent several times at once',
    async () => {
      await send('directory', { lang: 'zgh' }, voice);
      const holder = t.db.manager.connection.createQueryRunner();
      await holder.connect();
      await holder.startTransaction();
      await holder.query('SELECT id FROM consent_recording FOR UPDATE');
      // All of them come to replace the row before one has.
      const sent = Array.from({ length: 3 }, () => send('directory', { lang: 'zgh' }, voice));
      for (let waiting = 0; waiting < 2; await pause(20))
        [{ waiting }] = (await t.db.manager.query(WAITING)) as [{ waiting: number }];
      await holder.rollbackTransaction();
      await holder.release();
      expect((await Promise.all(sent)).map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
      expect(await rows()).toHaveLength(1);
      const { bundle } = (await row('directory', 'zgh'))!;
      expect((await t.inject({ url: `/media/${bundle}/voice.m4a` })).statusCode).toBe(200);
    },
    SLOW,
  );
});
