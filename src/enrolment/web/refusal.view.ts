import { formatDayNoYear, formatTime } from '../../shared/clock/format-date.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import type { DomainError } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { EnrolmentNotOpen, OverlappingSeat } from '../enrolment.errors.js';
import { momentWords } from './seat-words.js';

/** Why a seat was not taken, and where to go from here. */
export interface RefusalView {
  detail: string;
  /** The thing to look at next. */
  action: { label: string; href: string };
  /** Back to the session that was asked for. */
  back: string;
}

/** Puts a refusal into the words of a page: with the hour of the other seat, or the day on which enrolment opens. */
export function refusalView(error: DomainError, sessionId: string, locale: Locale): RefusalView {
  const back = `/${locale}/sessions/${sessionId}`;
  const others = { label: t(locale, 'enrolment:refused.others'), href: `/${locale}/sessions` };
  if (error instanceof OverlappingSeat) {
    const { localDate, localStart } = error.other;
    const params = { day: formatDayNoYear(localDate, locale), time: formatTime(localStart, locale) };
    return {
      detail: t(locale, 'enrolment:refused.overlap', params),
      action: { label: t(locale, 'enrolment:refused.mine'), href: `/${locale}/my/sessions` },
      back,
    };
  }
  if (error instanceof EnrolmentNotOpen && error.opensAt && error.opensAt > error.at) {
    const moment = momentWords(error.opensAt, DEFAULT_ZONE, locale);
    return { detail: t(locale, 'enrolment:refused.opens', { moment }), action: others, back };
  }
  return { detail: t(locale, `errors:${error.code}.detail`, error.params), action: others, back };
}
