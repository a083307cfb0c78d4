import type { CourseFileError } from '../course-file/course-file.error.js';
import { CourseText, CourseTextInvalid } from '../course-file/course-text.js';
import { HEAD } from './draft-part.js';

/** Something to mend before a draft can be published, where an author finds it. */
export interface DraftFinding {
  /** Path of the file below the course's folder. */
  readonly file: string;
  /** Id of the block, or the head of the file. */
  readonly part: string;
  /** Path inside the part, as fields name it; empty for the part as a whole. */
  readonly pointer: string;
  readonly line: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  /** A draft may be saved with it: it is unfinished, not wrong. */
  readonly isGap: boolean;
}

/** What the readers say, by the code whose sentence authors read; the groups of a pattern are its values. */
const WORDS: readonly (readonly [RegExp, string, (readonly string[])?])[] = [
  // First: what follows quotes the author, who may write any of the words below.
  [/^feedback of the answer "(true|false)" is not written/, 'no-feedback', ['answer']],
  [/: a sentence of (\d+) words \(at most (\d+)\)/, 'long-sentence', ['have', 'max']],
  [/: the median sentence has (\d+) words \(at most (\d+)\)/, 'long-sentences', ['have', 'max']],
  [/^picture "(.+)" is missing/, 'picture-missing', ['name']],
  [/^picture "(.+)" (?:must be|of a scene)/, 'picture-name', ['name']],
  [/^document "(.+)" is missing/, 'document-missing', ['name']],
  [/^document "(.+)" (?:must be|is no|is larger)/, 'document-name', ['name']],
  [/^files names no document/, 'no-document'],
  [/^recording "(.+)" is missing/, 'sound-missing', ['name']],
  [/^recording "(.+)" (?:must be|is no|is larger)/, 'sound-name', ['name']],
  [/^audio names no recording/, 'no-sound'],
  [/^media file "(.+?)"/, 'media', ['name']],
  [/has no translation "(\w+)"/, 'translation', ['lang']],
  [/must be a text that is not empty/, 'empty'],
  [/^(\S+) is missing$/, 'missing', ['name']],
  [/has (\d+) characters, at most (\d+)/, 'too-long', ['have', 'max']],
  [/has (\d+) words, at most (\d+)/, 'too-many-words', ['have', 'max']],
  [/HTML is not allowed/, 'html'],
  [/event attribute/, 'html'],
  [/only https: links/, 'link'],
  [/a user name or a password/, 'link-password'],
  [/^link "(.+)" leads nowhere/, 'link-nowhere', ['name']],
  [/: (.+) is not allowed in a text/, 'markdown', ['what']],
  [/must be an? (?:whole )?number from (\S+) to (\S+)/, 'number', ['min', 'max']],
  [/^duplicate .+ "(.+?)"/, 'duplicate', ['name']],
  [/^requires itself: (.+)/, 'cycle', ['path']],
  [/^requires "(.+?)", which is no module/, 'no-module', ['name']],
  [/^key (?:".*" is not among|must|names|has)/, 'key'],
  [/has (\d+) entries, at least (\d+)/, 'too-few', ['have', 'min']],
  [/has (\d+) entries, at most (\d+)/, 'too-many', ['have', 'max']],
  [/^slug "(.+?)" is the name of a page/, 'reserved', ['name']],
  [/must be a-z, 0-9/, 'slug'],
  [/has no French audio/, 'no-audio'],
  [/is not rendered/, 'not-rendered'],
  [/is not filmed/, 'not-filmed'],
  [/^captions "(.+)" were written for another film/, 'captions-of-old', ['lang']],
  [/captions/, 'captions'],
  [/^a complete module has (?:5 to 7 cards)/, 'cards'],
  [/^a complete module has one video/, 'one-video'],
  [/^a complete module has a quiz/, 'no-quiz'],
  [/^a complete module has an exercise/, 'no-exercise'],
  [/^quiz ".+" has (\d+) items/, 'quiz-size', ['have']],
  [/^unknown (\S+) "(.+?)"(?:.*; one of (.+))?/, 'unknown', ['what', 'name', 'known']],
  [/is not valid YAML/, 'yaml'],
  [/must be the folder's name/, 'folder'],
];
const GAPS = new Set([
  ...[
    'picture-missing',
    'document-missing',
    'no-document',
    'sound-missing',
    'no-sound',
    'media',
    'translation',
    'empty',
    'missing',
    'too-few',
    'no-audio',
    'not-rendered',
    'not-filmed',
    'captions',
    'captions-of-old',
  ],
  ...['link-nowhere', 'cards', 'one-video', 'no-quiz', 'no-exercise', 'quiz-size'],
]);

/** The code of a reader's reason and the values of its sentence; `other` with the reason itself where none is known. */
export function codeOf(reason: string): { code: string; params: Record<string, string> } {
  for (const [pattern, code, names = []] of WORDS) {
    const match = pattern.exec(reason);
    if (match)
      return { code, params: Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) };
  }
  return { code: 'other', params: { reason } };
}

/** A reader's error as a finding in a draft. @param root folder that the reader was given, @param text of the file */
export function findingOf(error: CourseFileError, root: string, text: string | undefined): DraftFinding {
  const file = error.file.replaceAll('\\', '/').replace(`${root.replaceAll('\\', '/')}/`, '');
  const { code, params } = codeOf(error.reason);
  const place =
    text === undefined || !/(^|\/)(course|module|test)\.yaml$/.test(file) ? [] : placeIn(text, error);
  const [first, second = '', ...rest] = place;
  const isBlock = first === 'blocks' && second.startsWith('#');
  const steps = isBlock ? rest : place;
  const part = isBlock ? second.slice(1) : HEAD;
  const pointer = steps.length > 0 ? `/${steps.join('/')}` : '';
  return { file, part, pointer, line: error.line, code, params, isGap: GAPS.has(code) };
}

function placeIn(text: string, { line, column }: CourseFileError): readonly string[] {
  try {
    return CourseText.parse(text).pathAt(line, column);
  } catch (error) {
    if (error instanceof CourseTextInvalid) return [];
    throw error;
  }
}
