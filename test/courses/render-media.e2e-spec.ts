import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MediaManifest } from '../../src/courses/course-file/course-document.js';
import { readCourse } from '../../src/courses/course-file/course.reader.js';
import { validCourse, withFiles } from '../../src/courses/course-file/fixtures/course-folder.js';
import { renderCourseMedia, staleCourseMedia } from '../../src/courses/media/course-media.js';
import { VOICE_RATE, type Voice } from '../../src/courses/media/voice.js';

const MODULE = 'tissage/01-le-prix';
jest.setTimeout(240_000);

const FILM_BYTES = /^(hls|captions|poster)/;

/** Hums a tone as long as the text, which is a voice to everything that follows. */
const humming: Voice = {
  id: 'hum',
  say: (text) =>
    Int16Array.from(
      { length: (text.length / 40) * VOICE_RATE },
      (_, n) => 9000 * Math.sin((n * 440 * 2 * Math.PI) / VOICE_RATE),
    ),
};

/** A course whose media were never rendered. */
function unrendered(): Map<string, string> {
  return new Map([...validCourse()].filter(([path]) => !path.includes('/media/')));
}

async function render(folder: string, voice = humming): Promise<{ changed: string[]; said: string[] }> {
  const said: string[] = [];
  const changed = await renderCourseMedia(folder, {}, voice, (line) => said.push(line));
  return { changed, said };
}

async function manifestOf(folder: string): Promise<MediaManifest> {
  return JSON.parse(await readFile(join(folder, MODULE, 'media/manifest.json'), 'utf8')) as MediaManifest;
}

async function replace(path: string, from: string, to: string): Promise<void> {
  await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
}

/** Where the course was rendered once; the tests work on copies. */
let original: string;

beforeAll(async () => {
  original = await mkdtemp(join(tmpdir(), 'qafila-media-'));
  await withFiles(unrendered(), async (folder) => {
    expect(await staleCourseMedia(folder, {}, humming.id)).toEqual([MODULE]);
    expect((await render(folder)).changed).toEqual([MODULE]);
    await cp(folder, original, { recursive: true });
  });
});

afterAll(() => rm(original, { recursive: true, force: true }));

/** A fresh copy of the rendered course. */
function withRendered(work: (folder: string) => Promise<void>): Promise<void> {
  return withFiles(new Map(), async (folder) => {
    await cp(original, folder, { recursive: true });
    await work(folder);
  });
}

describe('renderCourseMedia', () => {
  it('renders what the reader then asks for, and nothing a second time', async () => {
    await withRendered(async (folder) => {
      expect((await readCourse(join(folder, 'tissage'))).errors.map((error) => error.message)).toEqual([]);
      expect(await render(folder)).toEqual({ changed: [], said: [] });
      const { video, audio } = await manifestOf(folder);
      expect(video?.renditions.map(({ height, codecs }) => [height, codecs])).toEqual([
        [240, 'avc1.4D401E,mp4a.40.2'],
        [480, 'avc1.4D401E,mp4a.40.2'],
      ]);
      expect(audio.map(({ block }) => block)).toEqual([1, 2, 3, 4, 5].map((n) => `carte-${n}`));
    });
  });

  it('gives the same bytes another time in another folder', async () => {
    await withFiles(unrendered(), async (folder) => {
      await render(folder);
      expect((await manifestOf(folder)).hash).toBe((await manifestOf(original)).hash);
    });
  });

  it('speaks a changed card again and leaves the video byte for byte', async () => {
    await withRendered(async (folder) => {
      const before = await manifestOf(folder);
      await replace(join(folder, MODULE, 'module.yaml'), 'Carte 2', 'Carte seconde');
      expect((await render(folder)).said).toEqual(['voice of le-prix/carte-2']);
      const after = await manifestOf(folder);
      expect(after.video).toEqual(before.video);
      expect(after.hash).not.toBe(before.hash);
      const film = ({ files }: MediaManifest): unknown => files.filter(({ path }) => FILM_BYTES.test(path));
      expect(film(after)).toEqual(film(before));
    });
  });

  it('renders the video again when a picture of it changed or a file of it is damaged', async () => {
    await withRendered(async (folder) => {
      const before = await manifestOf(folder);
      await appendFile(join(folder, MODULE, 'media/hls/240p/000.m4s'), 'x');
      expect((await render(folder)).said).toEqual(['video of le-prix']);
      expect((await manifestOf(folder)).hash).toBe(before.hash);
      await replace(join(folder, MODULE, 'images/laine.svg'), '#E39A1F', '#B8503A');
      expect((await render(folder)).said).toEqual(['video of le-prix']);
      expect((await manifestOf(folder)).video?.hash).not.toBe(before.video?.hash);
    });
  });

  it('leaves the last media whole when it cannot finish', async () => {
    await withRendered(async (folder) => {
      const before = await manifestOf(folder);
      await replace(join(folder, MODULE, 'module.yaml'), 'Carte 2', 'Carte seconde');
      const hoarse: Voice = {
        ...humming,
        say: () => {
          throw new Error('hoarse');
        },
      };
      await expect(render(folder, hoarse)).rejects.toThrow('hoarse');
      expect(await manifestOf(folder)).toEqual(before);
    });
  });

  it('says what is wrong in the course files instead of rendering', async () => {
    const files = unrendered();
    files.set(`${MODULE}/video.yaml`, 'poster: none\nscenes: []\n');
    await withFiles(files, async (folder) => {
      await expect(render(folder)).rejects.toThrow(/video\.yaml:2:9 scenes has 0 entries, at least 6 needed/);
    });
  });
});
