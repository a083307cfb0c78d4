/** The consent's French narration: the notice and the words of each purpose. The receipt's number is an installation's own. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../build-stamp.mjs';

const FOLDER = join(ROOT, 'src/people/narration');

/** Each line with what a voice says of it, and digests of its words and of all it is rendered from. */
async function script(voiceId) {
  const { consentDigest, consentScript } = await import('../../dist/src/people/consent-script.js');
  const { spokenFrench } = await import('../../dist/src/courses/media/french-speech.js');
  const { sha256 } = await import('../../dist/src/shared/film/media-files.js');
  const { CONSENT_VERSION } = await import('../../dist/src/people/person.kinds.js');
  return consentScript(undefined).map((line) => {
    const spoken = line.words.fr.map(spokenFrench);
    return {
      spoken,
      line: line.line,
      version: CONSENT_VERSION,
      words: consentDigest(line, 'fr'),
      sourceDigest: sha256(JSON.stringify({ voiceId, spoken })),
    };
  });
}

async function stale(voiceId) {
  const { narratedLines } = await import('../../dist/src/people/consent-narration.js');
  const kept = narratedLines();
  const lines = await script(voiceId);
  const keys = ['line', 'version', 'words', 'sourceDigest'];
  const isSame =
    kept.length === lines.length && lines.every((line, i) => keys.every((key) => kept[i][key] === line[key]));
  return isSame ? undefined : lines;
}

/** @returns its name when the committed narration does not fit the words */
export async function staleConsentNarration(voiceId) {
  return (await stale(voiceId)) ? ['consent'] : [];
}

/** @returns its name when it was rendered anew */
export async function renderConsentNarration(voice) {
  const lines = await stale(voice.id);
  if (!lines) return [];
  const { renderSpeech } = await import('../../dist/src/courses/media/card-audio.render.js');
  const manifest = [];
  for (const { spoken, line, version, words, sourceDigest } of lines) {
    const file = `${line}.fr.m4a`;
    const { bytes, durationMs } = await renderSpeech(spoken, voice, join(FOLDER, file));
    manifest.push({ line, version, words, file, bytes, durationMs, sourceDigest });
  }
  await writeFile(join(FOLDER, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return ['consent'];
}
