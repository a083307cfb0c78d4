import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CardBlock, type MediaManifest } from '../course-file/course-document.js';
import { runFfmpeg } from './ffmpeg.js';
import { audioFileArguments } from './hls-arguments.js';
import { cardSpeech } from './media-digest.js';
import { lengthMs, mixed, trimmed, type Voice } from './voice.js';

/** Milliseconds of silence before the first line, between lines, and at the end. */
const PAUSE = { before: 150, between: 450, after: 400 } as const;

/** Reads a card aloud into `out` and gives its part of the manifest. */
export async function renderCardAudio(
  card: CardBlock,
  voice: Voice,
  out: string,
  sourceDigest: string,
): Promise<MediaManifest['audio'][number]> {
  const file = `${card.id}.fr.m4a`;
  const { durationMs, bytes } = await renderSpeech(cardSpeech(card), voice, join(out, file));
  return { block: card.id, lang: 'fr', file, synthetic: true, durationMs, bytes, sourceDigest };
}

/** Reads lines, already put into words, aloud into `file`. */
export async function renderSpeech(
  lines: readonly string[],
  voice: Voice,
  file: string,
): Promise<{ durationMs: number; bytes: number }> {
  const parts: { startMs: number; samples: Int16Array }[] = [];
  let at: number = PAUSE.before;
  for (const line of lines) {
    const samples = trimmed(voice.say(line));
    parts.push({ startMs: at, samples });
    at += lengthMs(samples) + PAUSE.between;
  }
  const durationMs = at - PAUSE.between + PAUSE.after;
  await runFfmpeg(audioFileArguments(file), [new Uint8Array(mixed(parts, durationMs).buffer)]);
  return { durationMs, bytes: (await stat(file)).size };
}
