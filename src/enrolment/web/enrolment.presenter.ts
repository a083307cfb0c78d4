import type { Locale } from '../../shared/i18n/i18n.js';
import { presentSession } from '../../tours/public.js';
import type { EnrolmentWithSession } from '../my-enrolments.query.js';
import type { MyEnrolmentDto } from './enrolment.dto.js';

/**
 * One's own enrolment with its session, in the reader's language.
 *
 * @param remoteUrl while it is open
 */
export function presentMyEnrolment(
  row: EnrolmentWithSession,
  locale: Locale,
  remoteUrl: string | undefined,
): MyEnrolmentDto {
  const { enrolmentId: id, enrolmentStatus: status, offerExpiresAt } = row;
  return {
    id,
    status,
    ...(status === 'waiting' ? { position: row.position } : {}),
    ...(status === 'offered' && offerExpiresAt ? { offerExpiresAt: offerExpiresAt.toISOString() } : {}),
    enrolledAt: row.enrolledAt.toISOString(),
    ...(remoteUrl === undefined ? {} : { remoteUrl }),
    session: presentSession(row, locale),
  };
}
