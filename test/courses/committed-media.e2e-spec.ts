import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type CourseDocument, type MediaManifest } from '../../src/courses/course-file/course-document.js';
import { readCourses } from '../../src/courses/course-file/course.reader.js';
import { staleCourseMedia } from '../../src/courses/media/course-media.js';
import { NARRATOR } from '../../src/courses/media/voice.js';
import { turnOf } from '../support/turns.js';

const run = promisify(execFile);
/** Bytes a minute that both sizes, sound, captions and poster of a video may weigh together. */
const MINUTE_BYTES = 1_000_000;

interface Rendered {
  readonly name: string;
  readonly folder: string;
  readonly manifest: MediaManifest;
  readonly video: NonNullable<MediaManifest['video']>;
}

jest.setTimeout(120_000);

let documents: readonly CourseDocument[];
let rendered: readonly Rendered[];

beforeAll(async () => {
  const reading = await readCourses('courses');
  expect(reading.errors.map((error) => error.message)).toEqual([]);
  documents = reading.documents;
  rendered = documents.flatMap((course) =>
    course.modules.flatMap(({ folder, media }) => {
      const name = `${course.slug}/${folder}`;
      return media?.video
        ? [{ name, folder: join('courses', name, 'media'), manifest: media, video: media.video }]
        : [];
    }),
  );
});

/** Seconds at which a playlist's key frames stand, less its own start. */
async function keyFrames(playlist: string): Promise<number[]> {
  const { stdout } = await run('ffprobe', [
    ...[
      '-v',
      'error',
      '-select_streams',
      'v',
      '-skip_frame',
      'nokey',
      '-show_entries',
      'frame=pts_time',
      '-of',
      'json',
    ],
    playlist,
  ]);
  const { frames } = JSON.parse(stdout) as { frames: { pts_time: string }[] };
  const seconds = frames.map((frame) => Number(frame.pts_time));
  return seconds.map((each) => Math.round((each - (seconds[0] ?? 0)) * 1000) / 1000);
}

/** Bits a second of each segment, from the playlist's durations and the files' sizes. */
async function segmentRates(playlist: string, manifest: MediaManifest, inside: string): Promise<number[]> {
  const text = await readFile(playlist, 'utf8');
  return [...text.matchAll(/#EXTINF:([\d.]+),\n(\S+)/g)].map(([, seconds, name]) => {
    const file = manifest.files.find(({ path }) => path === `${dirname(inside)}/${name}`);
    return ((file?.bytes ?? Number.NaN) * 8) / Math.max(1, Number(seconds));
  });
}

describe('the committed courses', () => {
  it('are three, each with six complete modules', () => {
    expect(documents.map(({ slug, modules }) => [slug, modules.map(({ status }) => status)])).toEqual(
      ['e-marketing', 'vente-en-ligne', 'paiement-electronique'].map((slug) => [
        slug,
        Array<string>(6).fill('complete'),
      ]),
    );
  });

  it('have media that are no older than their sources', async () => {
    expect(await staleCourseMedia('courses', {}, NARRATOR.id)).toEqual([]);
  });

  it('have videos of 60 to 120 seconds under a megabyte a minute in all', () => {
    expect(rendered).toHaveLength(18);
    for (const { name, manifest, video } of rendered) {
      const seconds = video.durationMs / 1000;
      const bytes = manifest.files
        .filter(({ path }) => !path.endsWith('.m4a'))
        .reduce((sum, file) => sum + file.bytes, 0);
      expect({
        name,
        fits: seconds >= 60 && seconds <= 120 && bytes / (seconds / 60) < MINUTE_BYTES,
      }).toEqual({ name, fits: true });
    }
  });

  it('decode without a complaint, with key frames every six seconds at the same times in every size', async () => {
    for (const { folder, video } of turnOf(0, rendered)) {
      for (const { playlist } of [...video.renditions, video.audioOnly]) {
        const { stderr } = await run('ffmpeg', [
          '-v',
          'error',
          '-i',
          join(folder, playlist),
          '-f',
          'null',
          '-',
        ]);
        expect(stderr).toBe('');
      }
      const [small, large] = await Promise.all(
        video.renditions.map(({ playlist }) => keyFrames(join(folder, playlist))),
      );
      expect(small).toEqual(large);
      expect(small?.slice(0, 4)).toEqual([0, 6, 12, 18]);
    }
  });

  it('announce a bandwidth no segment exceeds and no more than the fastest needs', async () => {
    for (const { folder, manifest, video } of rendered) {
      const rates = (playlist: string): Promise<number[]> =>
        segmentRates(join(folder, playlist), manifest, playlist);
      const sound = Math.max(...(await rates(video.audioOnly.playlist)));
      expect(video.audioOnly.bandwidth).toBe(Math.ceil(sound));
      expect(video.audioOnly.averageBandwidth).toBeLessThan(36_000);
      const master = await readFile(join(folder, video.master), 'utf8');
      for (const { playlist, bandwidth, height, width } of video.renditions) {
        const pictures = Math.max(...(await rates(playlist)));
        expect(Math.abs(bandwidth - pictures - sound)).toBeLessThan(3);
        expect(master).toMatch(new RegExp(`BANDWIDTH=${bandwidth},.*RESOLUTION=${width}x${height}`));
      }
    }
  });

  it('have a caption in both languages for every spoken line, in order and inside the video', async () => {
    for (const { folder, video, name } of rendered) {
      const module = documents.flatMap((course) => course.modules).find((each) => name.endsWith(each.folder));
      const block = module?.blocks.find((each) => each.kind === 'video');
      const spoken = block?.script?.scenes.flatMap((scene) => scene.narration.fr ?? []).length;
      expect(video.captions.map(({ lang }) => lang)).toEqual(['fr', 'ar']);
      for (const { file } of video.captions) {
        const cues = [
          ...(await readFile(join(folder, file), 'utf8')).matchAll(
            /00:(\d\d):([\d.]+) --> 00:(\d\d):([\d.]+)\n\S/g,
          ),
        ];
        const times = cues.flatMap(([, m1, s1, m2, s2]) => [
          Number(m1) * 60 + Number(s1),
          Number(m2) * 60 + Number(s2),
        ]);
        expect(cues).toHaveLength(spoken ?? -1);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(times.at(-1)).toBeLessThan(video.durationMs / 1000);
      }
    }
  });
});
