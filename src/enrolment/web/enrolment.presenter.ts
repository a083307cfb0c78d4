import type { Locale } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import type { MyEnrolmentRow } from '../my-enrolments.query.js';
import type { MyEnrolmentDto, SessionSummaryDto, VenueSummaryDto } from './enrolment.dto.js';

function venueOf(row: MyEnrolmentRow, locale: Locale): VenueSummaryDto | null {
  const name = pickText({ fr: row.venueFr, ar: row.venueAr }, locale).text || row.venueNote;
  if (!name) return null;
  return { name, landmark: pickText({ fr: row.landmarkFr, ar: row.landmarkAr }, locale).text };
}

function presentSession(row: MyEnrolmentRow, locale: Locale): SessionSummaryDto {
  const units = row.units ?? [];
  const [first] = units;
  const last = units.at(-1);
  return {
    id: row.sessionId,
    status: row.sessionStatus,
    campaign: {
      slug: row.campaignSlug,
      name: pickText({ fr: row.campaignFr, ar: row.campaignAr, en: row.campaignEn }, locale).text,
    },
    city: {
      slug: row.citySlug,
      name: pickText({ fr: row.cityFr, ar: row.cityAr, en: row.cityEn }, locale).text,
    },
    course: {
      slug: row.courseSlug,
      title: pickText({ fr: row.courseFr, ar: row.courseAr, en: row.courseEn }, locale).text,
    },
    venue: venueOf(row, locale),
    language: row.language,
    startsAt: row.startsAt?.toISOString() ?? null,
    endsAt: row.endsAt?.toISOString() ?? null,
    localDate: first?.localDate ?? null,
    localStart: first?.localStart ?? null,
    localEnd: last?.localEnd ?? null,
    zone: first?.zone ?? null,
    units: units.map(({ n, localDate, localStart, localEnd, startsAt, endsAt }) => ({
      n,
      localDate,
      localStart,
      localEnd,
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(endsAt).toISOString(),
    })),
  };
}

/** One's own enrolment with its session, in the reader's language. */
export function presentMyEnrolment(row: MyEnrolmentRow, locale: Locale): MyEnrolmentDto {
  return {
    id: row.id,
    status: row.status,
    ...(row.status === 'waiting' ? { position: row.position } : {}),
    ...(row.status === 'offered' && row.offerExpiresAt
      ? { offerExpiresAt: row.offerExpiresAt.toISOString() }
      : {}),
    enrolledAt: row.enrolledAt.toISOString(),
    session: presentSession(row, locale),
  };
}
