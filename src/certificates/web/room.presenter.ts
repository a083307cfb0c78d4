import { formatDay } from '../../shared/clock/format-date.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { RoomPerson } from '../certificate-room.service.js';
import type { SessionPlace } from '../certificate-scope.query.js';
import { printedName } from '../printed-name.js';
import { statusBadge } from './my-certificates.presenter.js';
import { named } from './staff-list.presenter.js';

interface RoomLine {
  personId: string;
  /** The name for labels, in the reader's script where there is one. */
  name: string;
  fr: string | null;
  ar: string | null;
  confirmed: boolean;
  completed: boolean;
  certificate: { badge: { kind: string; text: string }; href: string } | null;
  mayIssue: boolean;
}

/** The people of a session, for whoever issues in the room. */
export interface RoomView {
  base: string;
  place: string;
  people: RoomLine[];
  toConfirm: boolean;
  /** Something can be done here: names to confirm, or certificates to issue. */
  asks: boolean;
}

function lineOf(person: RoomPerson, locale: Locale): RoomLine {
  const { fr, ar } = printedName(person);
  const { personId, confirmed, completed, code, status } = person;
  return {
    personId,
    name: (locale === 'ar' ? (ar ?? fr) : (fr ?? ar)) ?? '',
    fr: fr ?? null,
    ar: ar ?? null,
    confirmed,
    completed,
    certificate: code && status ? { badge: statusBadge(status, locale), href: `/${locale}/v/${code}` } : null,
    mayIssue: completed && confirmed && status !== 'valid',
  };
}

export function presentRoom(session: SessionPlace, people: readonly RoomPerson[], locale: Locale): RoomView {
  const { sessionId, city, course, localDate } = session;
  const lines = people.map((person) => lineOf(person, locale));
  return {
    base: `/${locale}/staff/sessions/${sessionId}/certificates`,
    place: [named(city, locale), formatDay(localDate, locale), named(course, locale)].join(' · '),
    people: lines,
    toConfirm: lines.some(({ confirmed }) => !confirmed),
    asks: lines.some(({ confirmed, mayIssue }) => !confirmed || mayIssue),
  };
}
