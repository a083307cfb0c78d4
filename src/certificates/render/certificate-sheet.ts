import { partsOf } from '../../shared/clock/local-date.js';
import { t } from '../../shared/i18n/i18n.js';
import { groupCode } from '../certificate-code.js';
import type { Both, FrozenCertificate } from '../certificate.js';
import { printedDay, printedDays, printedTime } from '../printed-words.js';

/** One half of the sheet, ready to be set; `certificate.typ` reads exactly these names. */
export interface SheetSide {
  lang: 'fr' | 'ar';
  organisation: string;
  funders: string | null;
  heading: string;
  given: string;
  /** Null when the person gave no name in this script. */
  name: string | null;
  reason: string;
  course: string;
  campaign: string;
  facts: string;
  issued: string;
  signatories: Array<{ name: string; role: string }>;
}

/** Everything on the sheet, and what the file says about itself. */
export interface CertificateSheet {
  title: string;
  description: string;
  author: string;
  keywords: string[];
  date: { year: number; month: number; day: number };
  fr: SheetSide;
  ar: SheetSide;
  /** What the square leads to; drawn where the sheet is printed. */
  qrText: string;
  qrAlt: string;
  code: string;
  serial: string;
  address: string;
}

function sideOf(frozen: FrozenCertificate, lang: 'fr' | 'ar'): SheetSide {
  const pick = (text: Both): string => text[lang];
  const funders = frozen.funders.map(pick).join(lang === 'ar' ? '، ' : ', ');
  const facts = [
    frozen.city ? pick(frozen.city) : '',
    frozen.dates ? printedDays(frozen.dates, lang) : '',
    printedTime(frozen.minutes, lang),
  ];
  return {
    lang,
    organisation: pick(frozen.organisation),
    funders: funders === '' ? null : t(lang, 'certificates:print.funders', { funders }),
    heading: t(lang, 'certificates:print.heading'),
    given: t(lang, 'certificates:print.given'),
    name: frozen.name[lang] ?? null,
    reason: t(lang, 'certificates:print.reason'),
    course: pick(frozen.course),
    campaign: pick(frozen.campaign),
    facts: facts.filter((fact) => fact !== '').join(' · '),
    issued: t(lang, 'certificates:print.issued', { day: printedDay(frozen.issuedOn, lang) }),
    signatories: frozen.signatories.map(({ name, role }) => ({ name: pick(name), role: pick(role) })),
  };
}

/** The sheet of a certificate. @param address public address of its check page, with `https://` */
export function certificateSheet(
  frozen: FrozenCertificate,
  { code, serial, address }: { code: string; serial: string; address: string },
): CertificateSheet {
  const fr = sideOf(frozen, 'fr');
  const ar = sideOf(frozen, 'ar');
  const names = [frozen.name.fr, frozen.name.ar].filter((name) => name !== undefined).join(' · ');
  return {
    title: `${fr.heading} · ${ar.heading} · ${names}`,
    description: t('fr', 'certificates:print.description', {
      course: fr.course,
      campaign: fr.campaign,
      address,
    }),
    author: fr.organisation,
    keywords: [code, serial],
    date: { ...partsOf(frozen.issuedOn) },
    fr,
    ar,
    qrText: address,
    qrAlt: t('fr', 'certificates:print.qr', { address }),
    code: groupCode(code),
    serial: t('fr', 'certificates:print.serial', { serial }),
    address: address.replace(/^https?:\/\//, ''),
  };
}
