import type { ListeningLanguage } from '../../shared/listening/listening-language.js';
import { listeningLanguages } from './card.reader.js';
import {
  type AttachedFile,
  type AudioBlock,
  type BlockAudio,
  type FileBlock,
  TEXT_LANGUAGES,
} from './course-document.js';
import { type ModuleFiles } from './module-files.js';
import { readOptionalText, readText } from './text.reader.js';
import { type YamlMapReader } from './yaml-map.reader.js';

/** The key of a document that is the same for every language. */
export const ANY_LANGUAGE = 'any';

/** What is said in ten minutes. */
const TRANSCRIPT = { words: 1500, characters: 12_000 };

/** Reads a block of kind `file`: one document for everybody, or one for each language. */
export async function readFileBlock(map: YamlMapReader, id: string, files: ModuleFiles): Promise<FileBlock> {
  const title = readText(map, 'title', { max: 80 });
  const description = readOptionalText(map, 'description', { sentences: true });
  const documents = await readDocuments(map, files);
  return {
    ...{ kind: 'file', id, title },
    ...(description ? { description } : {}),
    files: documents,
    ...map.extra(),
  };
}

async function readDocuments(map: YamlMapReader, files: ModuleFiles): Promise<FileBlock['files']> {
  const given = map.child('files', false);
  const keys = given?.keys() ?? [];
  if (!given || keys.length === 0) {
    if (!given?.isBroken) map.error(given?.place ?? map.place, 'files names no document');
    return {};
  }
  const known = keys.includes(ANY_LANGUAGE) ? [ANY_LANGUAGE] : TEXT_LANGUAGES;
  const documents: Record<string, AttachedFile> = {};
  for (const key of keys) {
    const place = given.placeOfKey(key);
    if (!known.some((language) => language === key)) {
      const all = keys.includes(ANY_LANGUAGE) ? known : [ANY_LANGUAGE, ...known];
      map.error(place, `unknown language "${key}" in files; one of ${all.join(', ')}`);
      continue;
    }
    const file = given.string(key);
    if (file !== '') documents[key] = { file, bytes: await files.checkDocument(file, place) };
  }
  for (const language of ['fr', 'ar'])
    if (!keys.includes(ANY_LANGUAGE) && !keys.includes(language))
      map.error(given.place, `files has no translation "${language}"`);
  return documents;
}

/** Reads a block of kind `audio`: a recording, in one listening language or several, and what it says. */
export async function readAudioBlock(
  map: YamlMapReader,
  id: string,
  files: ModuleFiles,
): Promise<AudioBlock> {
  const title = readText(map, 'title', { max: 80 });
  const audio = await readSounds(map, files);
  const transcript = readText(map, 'transcript', {
    max: TRANSCRIPT.characters,
    markdownWords: TRANSCRIPT.words,
  });
  return { kind: 'audio', id, title, audio, transcript, ...map.extra() };
}

async function readSounds(map: YamlMapReader, files: ModuleFiles): Promise<AudioBlock['audio']> {
  const given = map.child('audio', false);
  if (!given || given.keys().length === 0) {
    if (!given?.isBroken) map.error(given?.place ?? map.place, 'audio names no recording');
    return {};
  }
  const sounds: Partial<Record<ListeningLanguage, BlockAudio & AttachedFile>> = {};
  for (const language of listeningLanguages(given, 'audio')) {
    const sound = given.child(language);
    if (!sound || sound.isBroken) continue;
    const file = sound.string('file');
    const synthetic = sound.flag('synthetic') ?? false;
    const bytes = file === '' ? 0 : await files.checkSound(file, sound.placeOfKey('file'));
    sounds[language] = { file, synthetic, bytes, ...sound.extra() };
  }
  return sounds;
}
