import { LISTENING_LANGUAGES, type ListeningLanguage } from '../../shared/listening/listening-language.js';
import {
  type BlockAudio,
  type CardBlock,
  type CourseImage,
  type ExerciseBlock,
  type ImageBlock,
} from './course-document.js';
import { type ModuleFiles, type PictureFiles } from './module-files.js';
import { readOptionalText, readText } from './text.reader.js';
import { type YamlMapReader } from './yaml-map.reader.js';

const NO_IMAGE: CourseImage = { file: '', alt: { fr: '', ar: '' } };

/** Reads a block of kind `card`. */
export async function readCard(map: YamlMapReader, id: string, files: ModuleFiles): Promise<CardBlock> {
  const title = readText(map, 'title', { max: 80 });
  const text = readText(map, 'text', { markdownWords: 60 });
  const image = await readImage(map, files);
  const audio = readAudio(map, id);
  const say = readSay(map);
  return { kind: 'card', id, title, text, image, audio, say, ...map.extra() };
}

/** Reads a block of kind `image`. */
export async function readImageBlock(
  map: YamlMapReader,
  id: string,
  files: ModuleFiles,
): Promise<ImageBlock> {
  const title = readText(map, 'title', { max: 80 });
  const image = await readImage(map, files);
  const caption = readOptionalText(map, 'caption', { max: 160 });
  return { kind: 'image', id, title, image, ...(caption ? { caption } : {}), ...map.extra() };
}

/** Reads a block of kind `exercise`. */
export function readExercise(map: YamlMapReader, id: string): ExerciseBlock {
  const title = readText(map, 'title', { max: 80 });
  const text = readText(map, 'text', { markdownWords: 120 });
  const proof = map.oneOf('proof', ['photo', 'tick'] as const) ?? 'tick';
  return { kind: 'exercise', id, title, text, proof, ...map.extra() };
}

/** Reads `image`, a drawing with its alternative text. */
export async function readImage(map: YamlMapReader, files: PictureFiles): Promise<CourseImage> {
  return (await readOptionalImage(map, files, true)) ?? NO_IMAGE;
}

/** Reads `image` where there is one. */
export async function readOptionalImage(
  map: YamlMapReader,
  files: PictureFiles,
  required = false,
): Promise<CourseImage | undefined> {
  const image = map.child('image', required);
  if (!image || image.isBroken) return undefined;
  const file = image.string('file');
  await files.checkPicture(file, image.placeOfKey('file'));
  return { file, alt: readText(image, 'alt', { max: 160 }), ...image.extra() };
}

function readAudio(map: YamlMapReader, id: string): CardBlock['audio'] {
  const voices = map.child('audio', false);
  const audio: Partial<Record<ListeningLanguage, BlockAudio>> = {};
  for (const language of listeningLanguages(voices, 'audio')) {
    const voice = voices?.child(language);
    if (!voice || voice.isBroken) continue;
    const file = voice.string('file');
    const expected = `media/${id}.${language}.m4a`;
    if (file !== '' && file !== expected)
      voice.error(voice.placeOfKey('file'), `audio file must be ${expected}`);
    const synthetic = voice.scalar('synthetic');
    if (synthetic && typeof synthetic.value !== 'boolean') {
      voice.error(voice.placeOfKey('synthetic'), 'synthetic must be true or false');
    }
    audio[language] = { file, synthetic: synthetic?.value === true, ...voice.extra() };
  }
  return audio;
}

function readSay(map: YamlMapReader): CardBlock['say'] {
  const texts = map.child('say', false);
  const say: Partial<Record<ListeningLanguage, string>> = {};
  for (const language of listeningLanguages(texts, 'say')) say[language] = texts?.string(language) ?? '';
  return say;
}

/** The keys of a map by listening language; others are errors. */
export function listeningLanguages(map: YamlMapReader | undefined, what: string): ListeningLanguage[] {
  const found: ListeningLanguage[] = [];
  for (const key of map?.keys() ?? []) {
    const language = LISTENING_LANGUAGES.find((candidate) => candidate === key);
    if (language) found.push(language);
    else
      map?.error(
        map.placeOfKey(key),
        `unknown language "${key}" in ${what}; one of ${LISTENING_LANGUAGES.join(', ')}`,
      );
  }
  return found;
}
