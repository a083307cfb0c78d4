import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { validCourse } from '../../src/courses/course-file/fixtures/course-folder.js';

/** A folder of courses for one test file. */
export interface CourseFolder {
  path: string;
  /** Writes one file, below the courses' folder. */
  write(file: string, content: string): Promise<void>;
  remove(): Promise<void>;
}

/** Length of the fixture's video, in milliseconds. */
export const VIDEO_MS = 90_000;
export const MODULE = 'le-prix';
export const MANIFEST = 'tissage/01-le-prix/media/manifest.json';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The manifest of the fixture as the pipeline would have written it: true sizes and digests. */
export function trueManifest(text: string, contentOf: (path: string) => string): string {
  const manifest = JSON.parse(text) as {
    hash: string;
    video: { hash: string; durationMs: number };
    files: Array<{ path: string; bytes: number; sha256: string }>;
  };
  for (const file of manifest.files) {
    const content = contentOf(file.path);
    Object.assign(file, { bytes: Buffer.byteLength(content), sha256: sha256(content) });
  }
  manifest.hash = sha256(manifest.files.map((file) => `${file.sha256}  ${file.path}\n`).join(''));
  manifest.video = { ...manifest.video, hash: sha256('hls'), durationMs: VIDEO_MS };
  return JSON.stringify(manifest);
}

/** The course "tissage" as files: one complete module with a video of 90 s and a quiz of five, one outline. */
export function courseFiles(): Map<string, string> {
  const files = validCourse();
  files.set('tissage/01-le-prix/media/a.m3u8', '#EXTM3U\n#EXT-X-VERSION:7\n'.padEnd(2000, '# a playlist\n'));
  const contentOf = (path: string): string => files.get(`tissage/01-le-prix/media/${path}`) ?? '';
  files.set(MANIFEST, trueManifest(files.get(MANIFEST) ?? '', contentOf));
  return files;
}

/** The same with twelve captions in both languages, one for each spoken line. */
export function withCaptions(files: Map<string, string>): Map<string, string> {
  const two = (n: number): string => String(n).padStart(2, '0');
  const cues = (...texts: string[]): string =>
    Array.from(
      { length: 12 },
      (_, n) => `${n + 1}\n00:00:${two(n * 4)}.000 --> 00:00:${two(n * 4 + 3)}.000\n${texts[n % 2]}\n`,
    ).join('\n');
  files.set('tissage/01-le-prix/media/fr.vtt', `WEBVTT\n\n${cues('Voici Salma.', 'Elle tisse.')}`);
  files.set('tissage/01-le-prix/media/ar.vtt', `WEBVTT\n\n${cues('\u200Fهذه سلمى.', '\u200Fتنسج.')}`);
  const both = '"captions":[{"lang":"fr","file":"fr.vtt","bytes":1},{"lang":"ar","file":"ar.vtt","bytes":1}]';
  const manifest = (files.get(MANIFEST) ?? '').replace(/"captions":\[[^\]]*\]/, both);
  return files.set(
    MANIFEST,
    trueManifest(manifest, (path) => files.get(`tissage/01-le-prix/media/${path}`) ?? ''),
  );
}

/** Writes course files into a temporary folder; point QAFILA_COURSES at it. */
export async function givenCourses(files = courseFiles()): Promise<CourseFolder> {
  const path = await mkdtemp(join(tmpdir(), 'qafila-courses-'));
  const write = async (file: string, content: string): Promise<void> => {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), content);
  };
  for (const [file, content] of files) await write(file, content);
  return { path, write, remove: () => rm(path, { recursive: true, force: true }) };
}
