/** One letter: a page of A4 in the language of its reader. */
export interface Letter {
  readonly lang: 'fr' | 'ar';
  /** Of the chamber that chooses, in both languages. */
  readonly from: { readonly fr: string; readonly ar: string };
  readonly campaign: string;
  readonly date: string;
  readonly to: string;
  /** Before the dossier's number. */
  readonly numberLabel: string;
  readonly number: string;
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  /** Day and place of a seat; empty where there is none. */
  readonly seat: readonly string[];
  /** Before the address of the public result. */
  readonly check: string;
  readonly link: string;
  /** Before the number of the campaign's desk. */
  readonly help: string;
  readonly phone: string;
}

/** All that is printed in one file. */
export interface LetterFile {
  readonly title: string;
  /** Of the document: the day of the publication, so that the same letters are the same file. */
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
  readonly letters: readonly Letter[];
}

/** The file without letters that the fonts lack. */
export function withoutGlyphs(file: LetterFile, glyphs: string): LetterFile {
  const strip = (text: string): string => [...text].filter((glyph) => !glyphs.includes(glyph)).join('');
  return JSON.parse(JSON.stringify(file), (_, value: unknown) =>
    typeof value === 'string' ? strip(value) : value,
  ) as LetterFile;
}
