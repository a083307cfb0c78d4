import { formatDayNoYear, formatTime } from '../../shared/clock/format-date.js';
import { wallTimeOf } from '../../shared/clock/wall-time.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import type { OpenLink } from '../link-answer.service.js';
import { seatWords } from './seat-words.js';

/** Which sentence stands above the buttons. */
type LinkState =
  'offered' | 'coming' | 'confirmed' | 'sure' | 'booked' | 'gone' | 'late' | 'waiting' | 'postponed' | 'over';

interface Asked {
  code: string;
  now: Date;
  /** They said no and are asked once more. */
  isSure: boolean;
}

function stateOf({ purpose, row }: OpenLink, { now, isSure }: Asked): LinkState {
  if (row.status === 'postponed') return 'postponed';
  if (row.status !== 'planned' || row.startsAt <= now) return 'over';
  if (row.enrolmentStatus === 'offered')
    return row.offerExpiresAt && row.offerExpiresAt <= now ? 'late' : 'offered';
  if (row.enrolmentStatus === 'expired') return 'late';
  if (row.enrolmentStatus === 'waiting') return 'waiting';
  if (row.enrolmentStatus !== 'booked') return 'gone';
  if (isSure) return 'sure';
  if (purpose === 'offer') return 'booked';
  return row.confirmedAt ? 'confirmed' : 'coming';
}

/** The answers that are offered in each state. */
const ANSWERS: Readonly<Partial<Record<LinkState, ReadonlyArray<'yes' | 'no' | 'surely-no'>>>> = {
  offered: ['yes', 'no'],
  coming: ['yes', 'no'],
  confirmed: ['no'],
  sure: ['surely-no'],
};
const LOOKS = {
  yes: { kind: 'action', glyph: 'check' },
  no: { kind: 'quiet', glyph: 'x' },
  'surely-no': { kind: 'danger', glyph: 'x' },
} as const;

/** The page of a link: what is asked or what stands, where and when, and the buttons. No name, no number. */
export function presentLink(link: OpenLink, asked: Asked, locale: Locale) {
  const { row } = link;
  const state = stateOf(link, asked);
  const words = seatWords(row, locale, asked.now);
  const venue = row.venue ? pickText(row.venue.name, locale).text : row.venueNote;
  const zone = row.units[0]?.zone;
  const end = row.offerExpiresAt && zone ? wallTimeOf(row.offerExpiresAt, zone) : undefined;
  const isOpen = state === 'offered' && end !== undefined;
  return {
    title: t(locale, `enrolment:link.${state}.title`, { ...words }),
    text: t(locale, `enrolment:link.${state}.text`, { ...words }),
    place: row.isRemote ? t(locale, 'enrolment:placeRemote') : (venue ?? t(locale, 'enrolment:placeToCome')),
    when: t(locale, 'enrolment:dayAndTime', { day: words.day, time: words.time }),
    ...(isOpen
      ? {
          until: t(locale, 'enrolment:link.until', {
            day: formatDayNoYear(end.localDate, locale),
            time: formatTime(end.localTime, locale),
          }),
        }
      : {}),
    action: `/${locale}/r/${asked.code}`,
    backHref: state === 'sure' ? `/${locale}/r/${asked.code}` : undefined,
    answers: (ANSWERS[state] ?? []).map((value) => ({
      value,
      ...LOOKS[value],
      label: t(locale, `enrolment:link.answer.${value}`),
    })),
  };
}
