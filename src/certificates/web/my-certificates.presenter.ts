import { type Locale, t } from '../../shared/i18n/i18n.js';
import { groupCode } from '../certificate-code.js';
import type { CertificateRow, CertificateStatus } from '../certificate.js';
import type { NameState } from '../name-state.js';
import { inReader, printedDay } from '../printed-words.js';
import { shareLink } from './certificate.presenter.js';

const TONES: Readonly<Record<CertificateStatus, string>> = {
  valid: 'good',
  replaced: 'warn',
  revoked: 'bad',
};

/** The coloured word for a status. */
export function statusBadge(status: CertificateStatus, locale: Locale): { kind: string; text: string } {
  return { kind: TONES[status], text: t(locale, `certificates:check.${status}`) };
}

/** One certificate on its holder's page. */
interface MyCard {
  id: string;
  course: string;
  campaign: string;
  issued: string;
  code: string;
  badge: { kind: string; text: string };
  valid: boolean;
  checkHref: string;
  pdfHref: string;
  shareHref: string;
}

/** The page "My certificates". */
export interface MyCertificatesView {
  cards: MyCard[];
  name: { fr: string | null; ar: string | null; confirmed: boolean };
}

export function presentMyCertificates(
  rows: readonly CertificateRow[],
  { name, confirmed }: NameState,
  origin: string,
  locale: Locale,
): MyCertificatesView {
  const cards = rows.map((row) => ({
    id: row.code,
    course: inReader(row.frozen.course, locale),
    campaign: inReader(row.frozen.campaign, locale),
    issued: t(locale, 'certificates:print.issued', { day: printedDay(row.frozen.issuedOn, locale) }),
    code: groupCode(row.code),
    badge: statusBadge(row.status, locale),
    valid: row.status === 'valid',
    checkHref: `/${locale}/v/${row.code}`,
    pdfHref: `/v/${row.code}.pdf`,
    shareHref: shareLink(row, origin, locale),
  }));
  return { cards, name: { fr: name.fr ?? null, ar: name.ar ?? null, confirmed } };
}
