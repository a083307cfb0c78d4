import { LISTENING_LANGUAGES, type ListeningLanguage } from '../../shared/listening/listening-language.js';
import type { SpokenLine, SpokenUnit } from './spoken-line.js';

/** What a file of a folder of recordings is meant for. */
export type NamedLine =
  | { readonly line: SpokenLine }
  /** No block of that name, several of them, or another language than is imported. */
  | { readonly code: 'unknown' | 'ambiguous' | 'other-language'; readonly options: readonly string[] };

const ENDING = /\.(m4a|mp4|webm|ogg|oga|opus|mp3|wav|aac)$/i;

/** Does a file look like a sound? Its content decides later; this only leaves out what lies beside. */
export function looksLikeSound(path: string): boolean {
  return ENDING.test(path) && !/(^|[\\/])\./.test(path);
}

/**
 * The line that a file is named after: `carte-1.m4a`, `quiz.question.m4a`, `question.m4a`, and the same with the
 * language before the ending (`carte-1.ary.m4a`). A folder above names the module, by its folder or its slug.
 */
export function lineNamed(path: string, units: readonly SpokenUnit[], lang: ListeningLanguage): NamedLine {
  const parts = path.normalize('NFC').replace(ENDING, '').split(/[\\/]/).filter(Boolean);
  const name = parts.at(-1) ?? '';
  const folder = parts.at(-2);
  const inside = units.filter((unit) => unit.folder === folder || unit.id === folder);
  const lines = (inside.length > 0 ? inside : units).flatMap((unit) => unit.lines);
  const plain = matching(lines, name);
  if (plain.length > 0) return one(plain);
  const [, stem = '', tail = ''] = /^(.+)\.([a-z]{2,3})$/.exec(name) ?? [];
  const suffix = LISTENING_LANGUAGES.find((each) => each === tail);
  if (suffix === undefined || matching(lines, stem).length === 0) return { code: 'unknown', options: [] };
  return suffix === lang ? one(matching(lines, stem)) : { code: 'other-language', options: [suffix] };
}

/** The whole name inside the unit goes before the id of a question alone. */
function matching(lines: readonly SpokenLine[], name: string): SpokenLine[] {
  const whole = lines.filter(({ part }) => part === name);
  return whole.length > 0 ? whole : lines.filter((line) => line.name === name);
}

function one(lines: readonly SpokenLine[]): NamedLine {
  const [line] = lines;
  if (line && lines.length === 1) return { line };
  return { code: 'ambiguous', options: lines.map(({ id }) => id) };
}
