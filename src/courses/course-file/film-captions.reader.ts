import { readFile } from 'node:fs/promises';
import type { MediaManifest, TextLanguage, VideoBlock } from './course-document.js';
import type { CourseFileFindings, Place } from './course-file.error.js';
import type { ModuleFiles } from './module-files.js';
import { type CaptionProblem, readCaptions } from './web-vtt.js';

const REASONS: Readonly<Record<CaptionProblem['code'], string>> = {
  'vtt-header': 'the first line must be WEBVTT',
  'vtt-time': 'a caption needs its times, such as 00:01.000 --> 00:03.500',
  'vtt-order': 'a caption ends before it begins, or begins before the one before it ends',
  'vtt-late': 'a caption ends after the video',
  'vtt-empty': 'a caption has no words',
  'vtt-long': 'a caption is longer than two rows of 42 characters',
  'vtt-fast': 'a caption is gone before it can be read, at 25 characters a second',
  'vtt-markup': 'a caption has markup; <, > and & are written &lt;, &gt; and &amp;',
  'vtt-count': 'there are too few captions, or too many',
};

/**
 * The words of the captions of a video that was filmed; what no player would show as meant is an error with its line.
 *
 * @param place of the block
 */
export async function readFilmCaptions(
  { durationMs, hash, captions }: NonNullable<MediaManifest['video']>,
  files: ModuleFiles,
  findings: CourseFileFindings,
  place: Place,
): Promise<NonNullable<VideoBlock['captionLines']>> {
  const lines: Partial<Record<TextLanguage, readonly string[]>> = {};
  for (const { lang, file, of = hash } of captions) {
    const path = files.path(`media/${file}`);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    // That it is missing is said of the manifest.
    if (text === undefined) continue;
    const { cues, problems } = readCaptions(text, { durationMs });
    if (of !== hash) findings.error(place, `captions "${lang}" were written for another film`);
    // Those are looked at again; what is wrong in them is said when they are saved.
    else
      for (const { line, code } of problems) {
        const at = { file: path, line, column: 1 };
        // It plays as meant: who saves it anew is asked for more time.
        if (code === 'vtt-fast') findings.warn(at, REASONS[code]);
        else findings.error(at, REASONS[code]);
      }
    lines[lang] = cues.map((cue) => cue.text);
  }
  return lines;
}
