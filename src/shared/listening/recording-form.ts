import { type FieldError, InvalidFields } from '../errors/domain-error.js';
import { type FormBody, formText } from '../web/form-text.js';
import { isListeningLanguage, type ListeningLanguage, type Speaker } from './listening-language.js';
import { SOUND_BYTES } from './sound-arguments.js';

/** A sound somebody sends for a line. */
export interface NewRecording {
  readonly line: string;
  readonly lang: ListeningLanguage;
  readonly speaker: Speaker;
  readonly sound: Buffer;
  /** Digest of the words that were read; unset: those of the script. */
  readonly words?: string;
}

/** Bytes of a form with one recording: the sound, and room for its texts. */
export const FORM_BYTES = SOUND_BYTES + 64 * 1024;
/** Bytes of a form with a folder of recordings; a minute of speech has some 250 KB. */
export const FOLDER_BYTES = 48 * 1024 * 1024;

/**
 * A recording as a form brings it.
 *
 * @param line unset: the form names it
 * @throws InvalidFields
 */
export function recordingOf(body: FormBody, line?: string): NewRecording {
  const errors: FieldError[] = [];
  const sound: unknown = body?.['sound'];
  const words = formText(body, 'words');
  const given = line ?? formText(body, 'line');
  if (given === '') errors.push({ pointer: '/line', code: 'required' });
  if (words !== '' && !/^[0-9a-f]{64}$/.test(words)) errors.push({ pointer: '/words', code: 'wrong-shape' });
  if (sound === undefined || sound === '') errors.push({ pointer: '/sound', code: 'required' });
  else if (!Buffer.isBuffer(sound)) errors.push({ pointer: '/sound', code: 'not-a-file' });
  const lang = langIn(body, errors);
  const speaker = speakerIn(body, errors);
  if (errors.length > 0 || !lang || !Buffer.isBuffer(sound)) throw new InvalidFields(errors);
  return { line: given, lang, speaker, sound, ...(words === '' ? {} : { words }) };
}

/** The language and speaker of a folder. @throws InvalidFields */
export function folderOf(body: FormBody): { lang: ListeningLanguage; speaker: Speaker } {
  const errors: FieldError[] = [];
  const [lang, speaker] = [langIn(body, errors), speakerIn(body, errors)];
  if (errors.length > 0 || !lang) throw new InvalidFields(errors);
  return { lang, speaker };
}

function langIn(body: FormBody, errors: FieldError[]): ListeningLanguage | undefined {
  const lang = formText(body, 'lang');
  if (isListeningLanguage(lang)) return lang;
  errors.push({ pointer: '/lang', code: lang === '' ? 'required' : 'not-a-choice' });
  return undefined;
}

/** Unset: somebody speaks. */
function speakerIn(body: FormBody, errors: FieldError[]): Speaker {
  const speaker = formText(body, 'speaker');
  if (speaker !== '' && speaker !== 'person' && speaker !== 'synthetic')
    errors.push({ pointer: '/speaker', code: 'not-a-choice' });
  return speaker === 'synthetic' ? 'synthetic' : 'person';
}
