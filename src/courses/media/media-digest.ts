import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CardBlock, type VideoScript } from '../course-file/course-document.js';
import { plainMarkdown } from '../course-file/markdown.js';
import { spokenFrench } from './french-speech.js';
import { SEGMENT_SECONDS } from '../../shared/film/hls-output.js';
import { FRAME_RATE, VIDEO_SIZES } from './hls-arguments.js';
import { sha256 } from '../../shared/film/media-files.js';
import { CHANGE } from './picture-steps.js';
import { RHYTHM } from './video-timeline.js';

/** Raised by hand when the pipeline makes something else of the same sources. */
const RECIPE = 1;

/** Digest of all a video is made from: script, pictures, rhythm, encoding, voice. */
export async function videoDigest(
  moduleFolder: string,
  script: VideoScript,
  voiceId: string,
): Promise<string> {
  const scenes = await Promise.all(
    script.scenes.map(async ({ id, picture, narration, caption, minSeconds, camera }) => ({
      ...{ id, caption, minSeconds, camera, spoken: (narration.fr ?? []).map(spokenFrench) },
      picture: sha256(await readFile(join(moduleFolder, picture))),
    })),
  );
  const recipe = { RECIPE, RHYTHM, CHANGE, FRAME_RATE, SEGMENT_SECONDS, VIDEO_SIZES, voiceId };
  return sha256(JSON.stringify({ recipe, poster: script.poster, scenes }));
}

/** Digest of what a synthetic reading of a card is made from. */
export function cardAudioDigest(card: CardBlock, voiceId: string): string {
  return sha256(JSON.stringify({ RECIPE, voiceId, text: cardSpeech(card) }));
}

/** What a French voice reads of a card, in words, a sentence or list entry a line. */
export function cardSpeech(card: CardBlock): string[] {
  const written = card.say.fr ?? `${card.title.fr}.\n${plainMarkdown(card.text.fr)}`;
  return written
    .split('\n')
    .map((line) => spokenFrench(line))
    .filter((line) => line !== '')
    .map((line) => line.replace(/([?!…])\.$/, '$1').replace(/\s*[;,]$/, '.'));
}
