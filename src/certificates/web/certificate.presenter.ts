import { type Locale, t } from '../../shared/i18n/i18n.js';
import { readCertificateCode } from '../certificate-code.js';
import type { CertificateRow } from '../certificate.js';
import { printedTexts } from '../certificate-texts.js';
import { inReader } from '../printed-words.js';
import type { CertificateDto, MyCertificateDto, StaffCertificateDto } from './certificate.dto.js';

/** What anybody may know of a certificate. @param origin public address of the installation */
export function presentCertificate(row: CertificateRow, origin: string): CertificateDto {
  const { frozen } = row;
  return {
    code: row.code,
    status: row.status,
    replacedBy: row.replacedByCode,
    statusAt: row.statusAt.toISOString(),
    serial: row.serial,
    name: frozen.name,
    course: frozen.course,
    campaign: frozen.campaign,
    organisation: frozen.organisation,
    funders: frozen.funders,
    city: frozen.city,
    dates: frozen.dates,
    minutes: frozen.minutes,
    issuedOn: frozen.issuedOn,
    signatories: frozen.signatories,
    texts: frozen.texts ?? printedTexts(null),
    logos: (frozen.logos ?? []).map(({ alt }) => ({ alt })),
    checkUrl: `${origin}/v/${row.code}`,
  };
}

/** A `wa.me` link that shares the check page, never the file. */
export function shareLink(row: CertificateRow, origin: string, locale: Locale): string {
  const course = inReader(row.frozen.course, locale);
  const text = t(locale, 'certificates:mine.shareText', { course, address: `${origin}/v/${row.code}` });
  return `https://wa.me/?text=${encodeURIComponent(text)}`;
}

/** One's own certificate, with what one does with it. */
export function presentMine(row: CertificateRow, origin: string, locale: Locale): MyCertificateDto {
  const base = presentCertificate(row, origin);
  return { ...base, pdfUrl: `${base.checkUrl}.pdf`, shareUrl: shareLink(row, origin, locale) };
}

/** A certificate in the list of its staff. */
export function presentForStaff(row: CertificateRow, origin: string): StaffCertificateDto {
  const { id, personId, courseId, campaignId, sessionId, revokedReason, issuedAt } = row;
  const base = presentCertificate(row, origin);
  return {
    ...base,
    id,
    personId,
    courseId,
    campaignId,
    sessionId,
    revokedReason,
    issuedAt: issuedAt.toISOString(),
  };
}

/** What a list is searched for: a code is recognised however it was typed. */
export function searchWords(typed: string | undefined): string | undefined {
  const words = typed?.trim();
  if (!words) return undefined;
  return readCertificateCode(words) ?? words;
}
