/** The words of one language on the poster. */
export interface PosterSide {
  readonly lang: 'fr' | 'ar';
  readonly by: string;
  readonly title: string;
  readonly free: string;
  readonly opens: string;
  readonly closes: string;
  readonly scan: string;
  /** Before the number of the campaign's desk. */
  readonly help: string;
}

/** All that is printed. */
export interface PosterSheet {
  readonly sides: readonly PosterSide[];
  readonly phone: string;
  /** Of the document: the day of publishing, so that the same call is the same file. */
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
  /** As people type it. */
  readonly address: string;
  /** What the QR opens. */
  readonly link: string;
}

/** The sheet without letters that the fonts lack. */
export function withoutLetters(sheet: PosterSheet, letters: string): PosterSheet {
  const strip = (text: string): string => [...text].filter((letter) => !letters.includes(letter)).join('');
  return JSON.parse(JSON.stringify(sheet), (_, value: unknown) =>
    typeof value === 'string' ? strip(value) : value,
  ) as PosterSheet;
}
