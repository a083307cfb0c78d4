import { type ListeningLanguage, writtenFor } from '../../shared/listening/listening-language.js';
import { digestOfWords } from '../../shared/listening/words-digest.js';
import {
  type CardBlock,
  type CourseDocument,
  type LocalizedText,
  type ModuleDocument,
  type QuizItem,
  type TestDocument,
} from '../course-file/course-document.js';
import { plainMarkdown } from '../course-file/markdown.js';

/** The unit of the questions asked before and after a course. */
export const TEST_UNIT = 'test';

/** Something of a course that a voice reads: a card, or a question with its answers. */
export interface SpokenLine {
  /** `<module>/<card>`, `<module>/<quiz>.<question>` or `test.<question>`; it stays the same from version to version. */
  readonly id: string;
  /** The line inside its unit: `<card>`, `<quiz>.<question>`, or the question of the test. */
  readonly part: string;
  /** Id of the block or question itself, as files are named by it. */
  readonly name: string;
  readonly kind: 'card' | 'question';
  readonly title: LocalizedText;
  readonly words: Readonly<Record<'fr' | 'ar', readonly string[]>>;
  /** What a voice says instead, where the course says so. */
  readonly say: Readonly<Partial<Record<ListeningLanguage, string>>>;
  /** Readings that came with the course's own files, by language. */
  readonly own: CardBlock['audio'];
}

/** A reading: of which line, in which language, of which words. */
export interface Spoken {
  readonly line: string;
  readonly lang: ListeningLanguage;
  /** Digest of the words, see {@link wordsDigest}. */
  readonly words: string;
}

/** What is recorded together: a module, or the course's test. */
export interface SpokenUnit {
  /** Slug of the module, or `test`. */
  readonly id: string;
  /** Folder of the module, or `test`: the name in addresses. */
  readonly folder: string;
  readonly title: LocalizedText;
  readonly lines: readonly SpokenLine[];
}

/** A script in the language it is written in, a paragraph an entry. */
export interface Script {
  readonly lang: 'fr' | 'ar';
  readonly words: readonly string[];
}

/** Everything of a course that can be heard, in its order. */
export function spokenUnits({ modules, test }: Pick<CourseDocument, 'modules' | 'test'>): SpokenUnit[] {
  const units = modules.map((module) => ({
    id: module.slug,
    folder: module.folder,
    title: module.title,
    lines: moduleLines(module),
  }));
  const asked = test && { id: TEST_UNIT, folder: TEST_UNIT, title: test.title, lines: testLines(test) };
  return asked ? [...units, asked] : units;
}

/** The cards and questions of a module. */
export function moduleLines({ slug, blocks }: Pick<ModuleDocument, 'slug' | 'blocks'>): SpokenLine[] {
  return blocks.flatMap((block): SpokenLine[] => {
    if (block.kind === 'card') return [cardLine(slug, block)];
    if (block.kind !== 'quiz') return [];
    return block.items.map((item) =>
      questionLine(item, `${slug}/${block.id}.${item.id}`, `${block.id}.${item.id}`),
    );
  });
}

/** The questions of a test. */
export function testLines({ items }: Pick<TestDocument, 'items'>): SpokenLine[] {
  return items.map((item) => questionLine(item, `${TEST_UNIT}.${item.id}`, item.id));
}

/**
 * What is read aloud in a language. French and Arabic are read as they are written; the languages that people speak
 * but do not read are told from the Arabic.
 */
export function scriptOf({ say, words }: SpokenLine, lang: ListeningLanguage): Script {
  const own = say[lang];
  const written = writtenFor(lang);
  if (own !== undefined && own !== '') return { lang: written, words: own.split('\n').filter(Boolean) };
  const read = say[written];
  return { lang: written, words: read ? read.split('\n').filter(Boolean) : words[written] };
}

/** Digest of what is read aloud: a recording belongs to these words and to no others. */
export function wordsDigest(line: SpokenLine, lang: ListeningLanguage): string {
  return digestOfWords(scriptOf(line, lang).words);
}

/** Tells of readings whether a document reads their line in their very words. */
export function readsIn(document: Pick<CourseDocument, 'modules' | 'test'>): (spoken: Spoken) => boolean {
  const lines = new Map(
    spokenUnits(document).flatMap((unit) => unit.lines.map((line) => [line.id, line] as const)),
  );
  return ({ line: id, lang, words }) => {
    const line = lines.get(id);
    return line !== undefined && wordsDigest(line, lang) === words;
  };
}

function cardLine(slug: string, { id, title, text, say, audio }: CardBlock): SpokenLine {
  const words = (lang: 'fr' | 'ar'): string[] => [
    title[lang],
    ...plainMarkdown(text[lang]).split('\n').filter(Boolean),
  ];
  return {
    ...{ id: `${slug}/${id}`, part: id, name: id, kind: 'card', title, say },
    words: { fr: words('fr'), ar: words('ar') },
    own: audio,
  };
}

function questionLine(item: QuizItem, id: string, part: string): SpokenLine {
  const words = (lang: 'fr' | 'ar'): string[] => [
    item.prompt[lang],
    ...answersOf(item).map((text) => text[lang]),
  ];
  return {
    ...{ id, part, name: item.id, kind: 'question', title: item.prompt, say: {}, own: {} },
    words: { fr: words('fr'), ar: words('ar') },
  };
}

/**
 * The answers that are read after a question, in the order of the file; on the screen they may stand in another. Of order
 * and pairs the file has the key in its order, so these are read by their words.
 */
function answersOf(item: QuizItem): LocalizedText[] {
  switch (item.kind) {
    case 'single':
    case 'multiple':
    case 'picture':
      return item.choices.map(({ text }) => text);
    case 'order':
      return byWords(item.choices);
    case 'match':
      return [...byWords(item.choices), ...byWords(item.options)];
    case 'boolean':
    case 'number':
      return [];
  }
}

function byWords(pieces: readonly { readonly text: LocalizedText }[]): LocalizedText[] {
  return pieces.map(({ text }) => text).sort((a, b) => (a.fr < b.fr ? -1 : Number(a.fr > b.fr)));
}
