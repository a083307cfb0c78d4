import type { ShownRoomCode } from '../../identity/public.js';
import { maskPhone } from '../../people/public.js';
import { formatTime } from '../../shared/clock/format-date.js';
import { wallTimeOf } from '../../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { RosterPerson } from '../roster-code.service.js';
import { namesOf, titleOf } from './roll-call.presenter.js';

/** Digits in threes, as they are read aloud: `048 213`. */
export function spokenCode(code: string): string {
  return code.replace(/\d{3}(?=\d)/g, '$& ');
}

/** No line ends within it. */
function oneLine(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** What the page says beside the person: the code, or why there is none. */
export interface RoomCodePage {
  shown?: ShownRoomCode;
  error?: string | undefined;
  /** Another code cannot be asked for. */
  isRefused?: boolean;
  /** Host of the site, as one types it. */
  address: string;
}

/** The model of the page. Numbers are told by their ends only: enough for the person to know which one to type. */
export function presentRoomCode(
  { session, row, phones }: RosterPerson,
  { shown, error, isRefused = false, address }: RoomCodePage,
  locale: Locale,
): object {
  const base = `/${locale}/staff/sessions/${session.sessionId}`;
  return {
    session: titleOf(session, locale),
    names: namesOf(row, locale),
    action: `${base}/roster/${row.enrolmentId}/room-code`,
    backHref: `${base}/roll-call#person-${row.enrolmentId}`,
    code: shown && spokenCode(shown.code),
    time: shown && oneLine(formatTime(wallTimeOf(shown.expiresAt, DEFAULT_ZONE).localTime, locale)),
    error,
    isRefused,
    address: `\u2066${address}\u2069`,
    phones: phones
      .map(({ e164 }) => `\u2066${oneLine(maskPhone(e164))}\u2069`)
      .join(locale === 'ar' ? '، ' : ', '),
  };
}
