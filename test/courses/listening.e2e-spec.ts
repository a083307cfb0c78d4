import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withTest } from '../../src/courses/course-file/fixtures/course-test.js';
import {
  CourseAuthorQuery,
  CourseScripts,
  RecordingsExport,
  RecordingsImport,
} from '../../src/courses/public.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { SoundStudio } from '../../src/shared/listening/sound-studio.service.js';
import { givenOrganisation, givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses, MANIFEST } from '../support/courses.js';
import { described, fileForm, soundOf, speech } from './sounds.js';

const HOME = '/fr/staff/courses/tissage/listening';
const LESSON = '/fr/courses/tissage/le-prix';
const CARD = 'le-prix/carte-1';
const BYTES_OF = `SELECT sha256 FROM media_file WHERE bundle = $1`;

interface Coverage {
  lines: number;
  languages: { lang: string; person: number; synthetic: number; percent: number }[];
  units: { unit: string; lines: number }[];
  tracks: { line: string; lang: string; url: string; speaker: string; durationMs: number }[];
}
interface Listed {
  items: {
    id: string;
    line: string;
    lang: string;
    speaker: string;
    words: string;
    current: boolean;
    url: string;
    recordedBy: string;
  }[];
}

/** Sounds are made and read by ffmpeg, several a test. */
const SLOW = 60_000;

describe('listening to a course', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let token: string;
  let voice: Buffer;

  beforeAll(async () => {
    const files = withTest(courseFiles());
    const manifest = files.get(MANIFEST) ?? '';
    files.set(
      MANIFEST,
      manifest.replace('"captions":[', '"captions":[{"lang":"ar","file":"ar.vtt","bytes":1},'),
    );
    courses = await givenCourses(files);
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    ({ token } = await givenStaff(t, 'trainer', { kind: 'installation', id: null }));
    voice = await soundOf(speech(2, 0.02), 'a.webm', '-c:a', 'libopus', '-metadata', 'artist=Somebody');
  }, 120_000);
  afterEach(() => t.db.write('test.noRecordings', 'DELETE FROM course_recording', []));
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });

  async function send(
    url: string,
    fields: Record<string, string>,
    content?: Buffer,
    as = token,
    name = 'sound.bin',
  ) {
    const { payload, headers } = await fileForm(fields, content ? [{ field: 'sound', name, content }] : []);
    return t.inject({ method: 'POST', url, headers: { ...headers, authorization: `Bearer ${as}` }, payload });
  }
  const record = (fields: Record<string, string>, content = voice, as = token) =>
    send('/api/v1/courses/tissage/recordings', fields, content, as);
  const page = async (url: string, as?: string) =>
    t.inject({ url, headers: { accept: 'text/html', ...(as ? { authorization: `Bearer ${as}` } : {}) } });
  const listed = async () => (await t.api('/courses/tissage/recordings', { token })).json<Listed>().items;
  const coverage = async () => (await t.api('/courses/tissage/listening')).json<Coverage>();
  const of = ({ languages }: Coverage, lang: string) => languages.find((each) => each.lang === lang);

  it(
    'shows what came with the files, as a machine reads it',
    async () => {
      const before = await coverage();
      expect(before).toMatchObject({
        lines: 20,
        units: [
          { unit: 'le-prix', lines: 10 },
          { unit: 'la-vente', lines: 0 },
          { unit: 'test', lines: 10 },
        ],
      });
      expect(of(before, 'fr')).toEqual({ lang: 'fr', person: 0, synthetic: 5, percent: 25 });
      expect(of(before, 'ary')).toEqual({ lang: 'ary', person: 0, synthetic: 0, percent: 0 });
      expect(before.tracks).toHaveLength(5);
      const course = (await page('/fr/courses/tissage')).body;
      expect(course).toMatch(/en français<.*>25.% du cours</);
      expect(course).toContain('voix de synthèse');
      expect(course).not.toContain('en darija');
    },
    SLOW,
  );

  it(
    'keeps a recording: one loudness, small, nobody named, played in the lesson, counted for the course',
    async () => {
      const answer = await record({ line: CARD, lang: 'ary' });
      expect(answer.statusCode).toBe(201);
      const [track] = (await coverage()).tracks.filter(({ lang }) => lang === 'ary');
      expect(track).toMatchObject({ line: CARD, speaker: 'person' });
      const sound = await t.inject({ url: track!.url });
      expect(sound.headers).toMatchObject({
        'content-type': 'audio/mp4',
        'cache-control': expect.stringMatching(/immutable/),
      });
      const part = await t.inject({ url: track!.url, headers: { range: 'bytes=4-7' } });
      expect([part.statusCode, part.body]).toEqual([206, 'ftyp']);
      const kept = await described(sound.rawPayload);
      expect(kept).toMatchObject({ codec: 'aac', channels: 1 });
      expect(Math.abs(kept.lufs + 18)).toBeLessThan(2);
      expect(Math.abs(kept.seconds - 2)).toBeLessThan(0.15);
      expect(kept.bitrate).toBeLessThan(40_000);
      expect(JSON.stringify(kept.tags)).not.toContain('Somebody');
      const lesson = (await page(LESSON)).body;
      expect(lesson).toMatch(new RegExp(`data-track="ary"><a class="listen" href="${track!.url}"`));
      expect(lesson).toContain('<option value="ary">en darija (1 sur 10)</option>');
      expect((await page('/fr/courses/tissage')).body).toMatch(/en darija<.*>5.% du cours</);
      const [audited] = await t.db.read<{ facts: object }>(
        'test.audit',
        `SELECT facts FROM audit_event WHERE action = 'courses.recording.add'`,
      );
      expect(audited?.facts).toMatchObject({ line: CARD, lang: 'ary' });
    },
    SLOW,
  );

  it(
    'plays a person before a machine, says which is a machine, and replaces the same words',
    async () => {
      await record({ line: CARD, lang: 'fr', speaker: 'synthetic' });
      const [first] = await listed();
      expect(first).toMatchObject({
        line: CARD,
        lang: 'fr',
        speaker: 'synthetic',
        current: true,
        recordedBy: 'trainer',
      });
      expect(of(await coverage(), 'fr')).toMatchObject({ person: 0, synthetic: 5 });
      await record({ line: CARD, lang: 'fr' }, await soundOf(speech(1, 0.2, 400), 'b.wav'));
      const [second, ...others] = await listed();
      expect(others).toEqual([]);
      expect(second?.url).not.toBe(first?.url);
      const tracks = (await coverage()).tracks.filter(({ line, lang }) => line === CARD && lang === 'fr');
      expect(tracks).toEqual([expect.objectContaining({ url: second?.url, speaker: 'person' })]);
      expect(of(await coverage(), 'fr')).toMatchObject({ person: 1, synthetic: 4 });
      expect((await t.inject({ url: first!.url })).statusCode).toBe(404);
      const { sha256 } = (await t.db.readOne<{ sha256: string }>('test.bytesOf', BYTES_OF, [
        second!.url.split('/').at(-2),
      ]))!;
      const files = t.app.get(FileStore);
      expect(await files.stat(sha256)).toMatchObject({ hash: sha256 });
      expect(
        (await t.api(`/courses/tissage/recordings/${second!.id}`, { token, method: 'DELETE' })).statusCode,
      ).toBe(204);
      // A voice that was taken back is gone, not only hidden.
      expect(await files.stat(sha256)).toBeUndefined();
      expect((await t.inject({ url: second!.url })).statusCode).toBe(404);
      expect(of(await coverage(), 'fr')).toMatchObject({ person: 0, synthetic: 5 });
      expect(
        (await t.api(`/courses/tissage/recordings/${second!.id}`, { token, method: 'DELETE' })).statusCode,
      ).toBe(404);
    },
    SLOW,
  );

  it.each([
    ['m4a', []],
    ['mp3', []],
    ['aac', ['-f', 'adts']],
    ['webm', ['-c:a', 'libopus', '-live', '1']],
  ])(
    'takes %s by its content, whatever it is called',
    async (ending, options) => {
      const content = await soundOf(speech(1), `a.${ending}`, ...options);
      const answer = await send(
        `${HOME}/01-le-prix/quiz.vrai`,
        { lang: 'rif' },
        content,
        token,
        'picture.jpg',
      );
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toMatch(/listening\/01-le-prix\/quiz\.nombre\?lang=rif$/);
      expect((await coverage()).tracks.find(({ lang }) => lang === 'rif')).toMatchObject({
        line: 'le-prix/quiz.vrai',
      });
    },
    SLOW,
  );

  it('says why a sound is not kept, in the page of the booth and in the API', async () => {
    const m4a = await soundOf(speech(1), 'a.m4a');
    const cases: [Buffer, number, string, RegExp][] = [
      [Buffer.from('<svg onload="x"/>'), 415, 'recording-not-sound', /n’est pas un son/],
      [
        Buffer.from('#EXTM3U\n#EXTINF:9\nfile:///etc/passwd\n'),
        415,
        'recording-not-sound',
        /n’est pas un son/,
      ],
      [m4a.subarray(0, m4a.length - 400), 422, 'recording-corrupt', /abîmé.*unexpected end of file/],
      [m4a.subarray(0, 3000), 422, 'recording-corrupt', /abîmé.*moov atom not found/],
      [await soundOf('color=c=red:d=1', 'a.mp4'), 415, 'recording-not-sound', /n’est pas un son/],
      [await soundOf('anullsrc=d=2', 'a.wav'), 422, 'recording-silent', /On n’entend rien/],
      [await soundOf(speech(0.2), 'a.wav'), 422, 'recording-too-short', /trop court/],
      [
        await soundOf('aevalsrc=0.1*sin(1000*t):d=185:s=8000', 'a.wav'),
        422,
        'recording-too-long',
        /3 minutes au plus/,
      ],
      [Buffer.alloc(10 * 1024 * 1024 + 1, 'RIFF'), 413, 'recording-too-large', /10 Mo au plus/],
      [Buffer.alloc(0), 422, 'recording-empty', /pas de son/],
    ];
    for (const [content, status, code, words] of cases) {
      const answer = await record({ line: CARD, lang: 'ary' }, content);
      expect([code, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([code, status, code]);
      const shown = await send(`${HOME}/01-le-prix/carte-1`, { lang: 'ary', speaker: 'synthetic' }, content);
      expect([code, shown.statusCode]).toEqual([code, status]);
      expect(shown.body).toMatch(words);
      expect(shown.body).not.toContain('/tmp/');
      expect(shown.body).toContain('<option value="synthetic" selected>');
    }
    expect(await listed()).toEqual([]);
  }, 120_000);

  it(
    'names each field that is wrong',
    async () => {
      const codes = async (fields: Record<string, string>, content?: Buffer) =>
        (await send('/api/v1/courses/tissage/recordings', fields, content)).json<{
          errors: { pointer: string; code: string }[];
        }>().errors;
      expect(await codes({ line: '', lang: 'en', speaker: 'robot', words: 'x' })).toEqual([
        expect.objectContaining({ pointer: '/line', code: 'required' }),
        expect.objectContaining({ pointer: '/words', code: 'wrong-shape' }),
        expect.objectContaining({ pointer: '/sound', code: 'required' }),
        expect.objectContaining({ pointer: '/lang', code: 'not-a-choice' }),
        expect.objectContaining({ pointer: '/speaker', code: 'not-a-choice' }),
      ]);
      expect((await record({ line: 'le-prix/nothing', lang: 'fr' })).statusCode).toBe(404);
      expect((await record({ line: CARD, lang: 'fr', words: 'ab'.repeat(32) })).json()).toMatchObject({
        status: 409,
        code: 'recording-words-changed',
      });
    },
    SLOW,
  );

  it(
    'leaves a recording behind when its words change: authors and publishing say so, who stays hears it on',
    async () => {
      const { token: admin } = await givenStaff(t, 'admin', { kind: 'installation', id: null });
      await record({ line: CARD, lang: 'ary' });
      const [before] = await listed();
      const learner = await givenPerson(t);
      const { items } = (await t.api('/modules/le-prix/quiz')).json<{ items: { id: string }[] }>();
      const attempt = { id: crypto.randomUUID(), answers: { [items[0]!.id]: 'assez' } };
      expect(
        (await t.api('/modules/le-prix/quiz-attempts', { token: learner.token, body: attempt })).statusCode,
      ).toBe(201);
      const { revision } = (await t.api('/courses/tissage/draft', { token, body: {} })).json<{
        revision: number;
      }>();
      const edit = {
        file: '01-le-prix/module.yaml',
        part: 'carte-1',
        fields: { 't:/text/ar': 'نص آخر تماما.' },
      };
      await t.api('/courses/tissage/draft', {
        token,
        method: 'PATCH',
        body: edit,
        headers: { 'if-match': String(revision) },
      });
      expect((await page(HOME, token)).body).toMatch(/1 à relire/);
      expect((await page(`${HOME}/01-le-prix?lang=ary`, token)).body).toContain('Ancien texte, à relire');
      expect((await page('/fr/staff/courses/tissage/publish', token)).body).toMatch(
        /carte-1.*en darija dit l’ancien texte/,
      );
      // Until it is published the earlier words stand, and may still be recorded.
      expect(of(await coverage(), 'ary')).toMatchObject({ person: 1 });
      expect((await record({ line: CARD, lang: 'ary', words: before!.words })).statusCode).toBe(201);
      expect((await t.api('/courses/tissage/draft/publish', { token: admin, body: {} })).statusCode).toBe(
        200,
      );
      expect(of(await coverage(), 'ary')).toMatchObject({ person: 0 });
      expect(await listed()).toMatchObject([{ current: false }]);
      expect((await page(LESSON)).body).not.toContain('data-track="ary"');
      expect((await page(LESSON, learner.token)).body).toContain('data-track="ary"');
      await record({ line: CARD, lang: 'ary' });
      expect((await page(LESSON)).body).toContain('data-track="ary"');
      expect(await listed()).toHaveLength(2);
    },
    SLOW,
  );

  it(
    'takes a folder in, file by file, and says what became of each',
    async () => {
      const files = (names: string[]) =>
        names.map((name) => ({
          field: 'sounds[]',
          name,
          content: name.startsWith('bad') ? Buffer.from('x') : voice,
        }));
      const upload = async (names: string[], lang = 'zgh') => {
        const { payload, headers } = await fileForm({ lang }, files(names));
        return t.inject({
          method: 'POST',
          url: `${HOME}/01-le-prix`,
          headers: { ...headers, authorization: `Bearer ${token}` },
          payload,
        });
      };
      const some = await upload([
        'carte-1.m4a',
        'carte-2.zgh.m4a',
        'question-1.webm',
        'carte-3.rif.m4a',
        'autre.m4a',
        'carte-1.webm',
      ]);
      expect(some.statusCode).toBe(422);
      expect(some.body).toMatch(/carte-1\.m4a<\/bdi> : gardé/);
      expect(some.body).toMatch(/carte-3\.rif\.m4a<\/bdi> : Le nom dit une autre langue : rif/);
      expect(some.body).toMatch(/autre\.m4a<\/bdi> : Aucune carte/);
      expect(some.body).toMatch(
        /carte-1\.webm<\/bdi> : Un autre fichier est déjà gardé pour ce texte : carte-1\.m4a/,
      );
      expect(of(await coverage(), 'zgh')).toMatchObject({ person: 3 });
      expect((await upload(['carte-4.m4a'])).headers.location).toMatch(/listening\/01-le-prix\?lang=zgh$/);
      expect((await upload([])).body).toContain('Choisissez au moins un fichier');
    },
    SLOW,
  );

  it(
    'gives its recordings back as the operator takes them in',
    async () => {
      await record({ line: CARD, lang: 'ary' });
      await record({ line: 'le-prix/quiz.vrai', lang: 'rif' });
      await record({ line: 'test.item-1', lang: 'ary' });
      const learner = await givenPerson(t);
      const test = (await page('/fr/courses/tissage/test', learner.token)).body;
      expect(test.match(/data-track="ary"/g)).toHaveLength(1);
      expect(test).toContain('<option value="ary">en darija (1 sur 10)</option>');
      const course = await t.app.get(CourseAuthorQuery).forOperator('tissage');
      const script = await t.app.get(CourseScripts).of(course!);
      const folder = await mkdtemp(join(tmpdir(), 'qafila-voices-'));
      const written = await t.app.get(RecordingsExport).write(course!, script, folder);
      expect(written.sort()).toEqual([
        'ary/01-le-prix/carte-1.m4a',
        'ary/test/item-1.m4a',
        'rif/01-le-prix/quiz.vrai.m4a',
      ]);
      await t.db.write('test.none', 'DELETE FROM course_recording', []);
      const files = written
        .filter((path) => path.startsWith('ary'))
        .map((path) => ({ path, read: () => readFile(join(folder, path)) }));
      const outcomes = await t.app
        .get(RecordingsImport)
        .take('system', course!, script, { lang: 'ary', speaker: 'person', files });
      expect(outcomes.map(({ line }) => line)).toEqual([CARD, 'test.item-1']);
      expect(of(await coverage(), 'ary')).toMatchObject({ person: 2 });
      expect(await listed()).toEqual([
        expect.objectContaining({ recordedBy: null }),
        expect.objectContaining({ recordedBy: null }),
      ]);
      await rm(folder, { recursive: true });
    },
    SLOW,
  );

  it(
    'is nobody else’s: another organisation’s course is not there',
    async () => {
      await record({ line: CARD, lang: 'ary' });
      const [mine] = await listed();
      const organisation = await givenOrganisation(t);
      const { token: other } = await givenStaff(t, 'trainer', { kind: 'organisation', id: organisation });
      for (const path of ['', '/01-le-prix', '/01-le-prix/carte-1']) {
        expect((await page(`${HOME}${path}`, other)).statusCode).toBe(404);
        if (path !== '')
          expect((await send(`${HOME}${path}`, { lang: 'ary' }, voice, other)).statusCode).toBe(404);
      }
      expect(
        (await send(`${HOME}/01-le-prix/carte-1/remove`, { recording: mine!.id }, undefined, other))
          .statusCode,
      ).toBeGreaterThanOrEqual(404);
      expect((await record({ line: CARD, lang: 'fr' }, voice, other)).statusCode).toBe(404);
      expect((await t.api('/courses/tissage/recordings', { token: other })).statusCode).toBe(404);
      expect(
        (await t.api(`/courses/tissage/recordings/${mine!.id}`, { token: other, method: 'DELETE' }))
          .statusCode,
      ).toBe(404);
      expect(await listed()).toHaveLength(1);
      for (const path of ['/02-nothing', '/01-le-prix/nothing', '/__proto__', '/test/nothing'])
        expect((await page(`${HOME}${path}`, token)).statusCode).toBe(404);
    },
    SLOW,
  );

  it('names the package that is missing where there is no ffmpeg, and goes on playing what is there', async () => {
    await record({ line: CARD, lang: 'ary' });
    const other = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    try {
      Object.assign(other.app.get(SoundStudio), { program: 'no-such-ffmpeg' });
      const staff = await givenStaff(other, 'admin', { kind: 'installation', id: null });
      const headers = { authorization: `Bearer ${staff.token}` };
      for (const url of [HOME, `${HOME}/01-le-prix`, `${HOME}/01-le-prix/carte-1`])
        expect((await other.inject({ url, headers })).body).toContain('apt-get install ffmpeg');
      const form = await fileForm({ line: CARD, lang: 'ary' }, [
        { field: 'sound', name: 'a', content: voice },
      ]);
      const answer = await other.inject({
        method: 'POST',
        url: '/api/v1/courses/tissage/recordings',
        headers: { ...form.headers, ...headers },
        payload: form.payload,
      });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'recording-no-ffmpeg']);
      expect((await page(LESSON)).body).toContain('data-track="ary"');
    } finally {
      await other.close();
    }
  }, 60_000);

  it(
    'is offered where a quiz is explained and beside the cards of a test, and why an answer is right by the browser',
    async () => {
      for (const line of ['le-prix/quiz.vrai', 'test.vrai'])
        expect((await record({ line, lang: 'ary' })).statusCode).toBe(201);
      const urls = new Map((await listed()).map(({ line, url }) => [line, url]));
      const person = await givenPerson(t);
      const id = randomUUID();
      const answers = { vrai: false, nombre: '1' };
      await t.api('/modules/le-prix/quiz-attempts', { token: person.token, body: { id, answers } });
      const result = (await page(`${LESSON}/quiz/${id}`, person.token)).body;
      const marks = result.split('<li class="quiz-mark').slice(1);
      const asked = marks.findIndex((mark) => mark.includes('Le temps compte ?'));
      expect(marks.map((mark) => mark.includes('data-listen-set'))).toEqual(marks.map(() => true));
      expect(marks.map((mark) => mark.includes('data-track="ary"'))).toEqual(
        marks.map((_, index) => index === asked),
      );
      expect(marks[asked]).toContain(`href="${urls.get('le-prix/quiz.vrai')}"`);
      expect(marks[asked]).toMatch(/id="mark-(\d)-why">.*Mal\..*data-listen="mark-\1-yours mark-\1-why"/s);
      const cards = (await page('/fr/staff/learning/tissage/test/cards', token)).body;
      const [, ...each] = cards.split('<article class="test-card');
      expect(each.map((card) => card.includes('data-listen-set'))).toEqual(each.map(() => true));
      expect(each[8]).toContain(`href="${urls.get('test.vrai')}"`);
      for (const body of [result, cards]) {
        expect(body).toMatch(/data-listen-choice[^]*<option value="ary">/);
        expect(body).toMatch(/<script[^>]* src="[^"]*listen[^"]*\.js"/);
        expect(body).toMatch(/class="no-print"><div class="listen-set"/);
      }
    },
    SLOW,
  );
});
