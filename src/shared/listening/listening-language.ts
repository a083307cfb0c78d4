/** Languages a voice may speak: French, Arabic, Darija, Tarifit, standard Amazigh. */
export const LISTENING_LANGUAGES = ['fr', 'ar', 'ary', 'rif', 'zgh'] as const;
export type ListeningLanguage = (typeof LISTENING_LANGUAGES)[number];

/** Listening languages in the order people here speak them. */
export const BY_SPEAKERS = ['ary', 'rif', 'ar', 'fr', 'zgh'] as const satisfies readonly ListeningLanguage[];

/** Who speaks: somebody, or a machine. */
export type Speaker = 'person' | 'synthetic';

/** Is this one of the languages that can be listened to? */
export function isListeningLanguage(text: unknown): text is ListeningLanguage {
  return LISTENING_LANGUAGES.some((lang) => lang === text);
}

/** The language that an address or a form asks for; the one that most people speak where it names none. */
export function languageAsked(text: unknown): ListeningLanguage {
  return isListeningLanguage(text) ? text : BY_SPEAKERS[0];
}

/** The language somebody reads from: French for French; what people speak but do not read is told from the Arabic. */
export function writtenFor(lang: ListeningLanguage): 'fr' | 'ar' {
  return lang === 'fr' ? 'fr' : 'ar';
}

/** Of lines in their order, the one to read after this: the next that nobody has read; the same when all are read. */
export function nextToRead<T>(lines: readonly T[], line: T, isRead: (line: T) => boolean): T {
  const at = lines.indexOf(line);
  return [...lines.slice(at + 1), ...lines.slice(0, at)].find((each) => !isRead(each)) ?? line;
}
