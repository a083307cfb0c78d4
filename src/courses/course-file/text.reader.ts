import { isScalar, type Scalar } from 'yaml';
import {
  REQUIRED_LANGUAGES,
  TEXT_LANGUAGES,
  type LocalizedText,
  type TextLanguage,
} from './course-document.js';
import { courseLinks, markdownProblems, plainMarkdown } from './markdown.js';
import { countWords, sentenceWarnings } from './sentences.js';
import { YamlMapReader } from './yaml-map.reader.js';

/** What is asked of a text beyond being there in both languages. */
export interface TextRules {
  /** Characters, default 400. */
  readonly max?: number;
  /** The text is Markdown of at most so many words. */
  readonly markdownWords?: number;
  /** Long sentences are warned about. */
  readonly sentences?: boolean;
}

/** Reads `key` as a text in each language: `{ fr: …, ar: … }`. */
export function readText(map: YamlMapReader, key: string, rules: TextRules = {}): LocalizedText {
  const texts = map.child(key);
  return texts ? readLanguages(texts, key, rules) : { fr: '', ar: '' };
}

/** Reads `key` as a text in each language where there is one. */
export function readOptionalText(
  map: YamlMapReader,
  key: string,
  rules: TextRules = {},
): LocalizedText | undefined {
  const texts = map.child(key, false);
  return texts && readLanguages(texts, key, rules);
}

/** Reads `key` as a list of texts. */
export function readTexts(
  map: YamlMapReader,
  key: string,
  size: { min: number; max: number },
): LocalizedText[] {
  return map
    .list(key, size)
    .map((node) =>
      readLanguages(YamlMapReader.of(map.file, node, `an entry of ${key}`), key, { sentences: true }),
    );
}

function readLanguages(texts: YamlMapReader, what: string, rules: TextRules): LocalizedText {
  if (texts.isBroken) return { fr: '', ar: '' };
  for (const language of texts.keys()) {
    if (!isOneOf(language, TEXT_LANGUAGES)) {
      texts.error(
        texts.placeOfKey(language),
        `unknown language "${language}" in ${what}; one of ${TEXT_LANGUAGES.join(', ')}`,
      );
    }
  }
  const read = (language: TextLanguage): string => readOne(texts, language, what, rules);
  const required = { fr: read('fr'), ar: read('ar') };
  return texts.keys().includes('en') ? { ...required, en: read('en') } : required;
}

function readOne(texts: YamlMapReader, language: TextLanguage, what: string, rules: TextRules): string {
  const node = texts.node(language, false);
  if (node === undefined) {
    if (isOneOf(language, REQUIRED_LANGUAGES) || texts.keys().includes(language)) {
      texts.error(texts.placeOfKey(language), `${what} has no translation "${language}"`);
    }
    return '';
  }
  const place = texts.file.placeOf(node);
  if (!isScalar(node) || typeof node.value !== 'string' || node.value.trim() === '') {
    texts.error(place, `${what}.${language} must be a text that is not empty (quote it)`);
    return '';
  }
  checkText(texts, node as Scalar<string>, `${what}.${language}`, rules);
  return node.value.trim();
}

function checkText(texts: YamlMapReader, scalar: Scalar<string>, what: string, rules: TextRules): void {
  const { value } = scalar;
  const { findings } = texts.file;
  const place = texts.file.placeOf(scalar);
  const max = rules.max ?? (rules.markdownWords === undefined ? 400 : 4000);
  if ([...value].length > max)
    texts.error(place, `${what} has ${[...value].length} characters, at most ${max} allowed`);
  if (rules.markdownWords !== undefined) {
    const words = countWords(plainMarkdown(value));
    if (words > rules.markdownWords)
      texts.error(place, `${what} has ${words} words, at most ${rules.markdownWords} allowed`);
    for (const problem of markdownProblems(value)) {
      texts.error(texts.file.placeInside(scalar, problem.index), `${what}: ${problem.reason}`);
    }
    for (const { index, ...link } of courseLinks(value))
      findings.links.push({ ...link, place: texts.file.placeInside(scalar, index) });
  }
  if (rules.sentences || rules.markdownWords !== undefined) {
    for (const warning of sentenceWarnings(plainMarkdown(value))) findings.warn(place, `${what}: ${warning}`);
  }
}

function isOneOf<T extends string>(value: string, values: readonly T[]): value is T {
  return (values as readonly string[]).includes(value);
}
