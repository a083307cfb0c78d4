import { dossierNumber } from '../../calls/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber, isolate, pickText } from '../../shared/web/handlebars/format.js';
import type { Progress } from '../screening.service.js';
import type { ScreenedRow } from '../screening.store.js';
import { reasonWords } from '../selection-words.js';
import type { SelectionPlace } from './selection.door.js';

interface Screening {
  readonly progress: Progress;
  readonly gaps: readonly ScreenedRow[];
  /** Not eligible. */
  readonly out: readonly ScreenedRow[];
}

/** How far the screening is, what has to be settled, and who is not eligible. */
export function presentScreeningHome(
  { call, selection }: SelectionPlace,
  { progress, gaps, out }: Screening,
  locale: Locale,
) {
  const { eligible, done, mine } = progress;
  const say = (key: string, params = {}): string => t(locale, `selection:screening.${key}`, params);
  const figure = (n: number): string => formatNumber(n, locale);
  const number = (n: number): string => isolate(dossierNumber({ callNumber: call.number, n }), locale);
  return {
    base: `/${locale}/staff/calls/${call.slug}`,
    call: pickText(call.title, locale).text,
    percent: eligible === 0 ? 0 : Math.floor((done * 100) / eligible),
    progress: say('progress', { done: figure(done), eligible: figure(eligible) }),
    stats: [
      { label: say('mine'), figure: figure(mine) },
      { label: say('gaps'), figure: figure(progress.gaps) },
      { label: say('out'), figure: figure(out.length) },
    ],
    isDone: eligible === done,
    gaps: gaps.map(({ id, n, looks }) => ({
      href: `/${locale}/staff/applications/${id}/scores`,
      text: say('gapLine', { number: number(n), one: looks[0]?.points ?? 0, other: looks[1]?.points ?? 0 }),
    })),
    out: out.map(({ id, n, reasons }) => ({
      href: `/${locale}/staff/applications/${id}`,
      number: number(n),
      why: reasons
        .map((reason) => reasonWords(reason, call, selection.design, locale))
        .join(locale === 'ar' ? '، ' : ', '),
    })),
  };
}
