import { inLanguage } from '../../campaigns/public.js';
import { formatDayShort, formatTimeRange } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import { seatsLeft, type SessionRow } from '../../tours/public.js';
import type { MovePreview, NamedLine } from '../seat-move/seat-moves.js';
import { countsOf } from './seat-move.api.controller.js';

/** A session as a choice: day, hours, city, course and free seats. */
export function sessionChoice(row: SessionRow, locale: Locale): { value: string; label: string } {
  const [first, last] = [row.units[0], row.units.at(-1)];
  const label = t(locale, 'enrolment:move.choice', {
    day: first ? formatDayShort(first.localDate, locale) : '',
    hours: first && last ? formatTimeRange(first.localStart, last.localEnd, locale) : '',
    city: inLanguage(row.cityName, locale),
    course: inLanguage(row.course.title, locale),
    left: formatNumber(seatsLeft(row), locale),
  });
  return { value: row.id, label };
}

function becomes({ to, why }: NamedLine, locale: Locale) {
  if (to === null)
    return { badge: { kind: 'neutral', text: t(locale, `enrolment:move.why.${why ?? 'full'}`) } };
  return {
    badge: { kind: to === 'booked' ? 'good' : 'info', text: t(locale, `enrolment:move.to-${to}`) },
  };
}

/** What would happen to whom, for the page that asks before it is done. */
export function presentPreview({ lines }: MovePreview, locale: Locale) {
  const { booked, offered, waiting, stays } = countsOf(lines);
  const stat = (key: string, figure: number) => ({
    label: t(locale, `enrolment:move.stats.${key}`),
    figure: formatNumber(figure, locale),
  });
  return {
    moves: booked + offered + waiting > 0,
    stats: [stat('moved', booked), stat('offered', offered), stat('waiting', waiting), stat('stays', stays)],
    columns: ['person', 'now', 'then'].map((key) => ({ label: t(locale, `enrolment:move.${key}`) })),
    rows: lines.map((line) => ({
      cells: [
        { text: line.name },
        { text: t(locale, `enrolment:state.${line.from}`) },
        becomes(line, locale),
      ],
    })),
  };
}
