import { foldText } from '../../shared/text/fold.js';

/** What a column of a table of stops may hold. */
export const STOP_FIELDS = ['date', 'city', 'team'] as const;
export type StopField = (typeof STOP_FIELDS)[number];

/** Headings that people write, compared without accents and signs. */
const HEADINGS: Readonly<Record<StopField, readonly string[]>> = {
  date: ['date', 'jour', 'day', 'date de la seance', 'date etape', 'التاريخ', 'تاريخ', 'اليوم', 'يوم'],
  city: ['ville', 'city', 'town', 'etape', 'stop', 'lieu', 'المدينة', 'مدينة', 'المحطة'],
  team: ['equipe', 'team', 'groupe', 'الفريق', 'فريق'],
};

const known = new Map(
  STOP_FIELDS.flatMap((field) => HEADINGS[field].map((heading) => [foldText(heading), field] as const)),
);

/** Place of each column by its heading, in French, Arabic or English; of two of a kind the first counts. */
export function stopColumns(header: readonly string[]): Partial<Record<StopField, number>> {
  const places: Partial<Record<StopField, number>> = {};
  header.forEach((heading, at) => {
    const field = known.get(foldText(heading));
    if (field !== undefined) places[field] ??= at;
  });
  return places;
}
