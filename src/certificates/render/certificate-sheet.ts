import { partsOf } from '../../shared/clock/local-date.js';
import { t } from '../../shared/i18n/i18n.js';
import { groupCode } from '../certificate-code.js';
import type { Both, FrozenCertificate, PrintedTexts } from '../certificate.js';
import { printedTexts } from '../certificate-texts.js';
import { printedDay, printedDays, printedTime } from '../printed-words.js';
import { logoSize } from './logo-size.js';

/** One half of the sheet, ready to be set; `certificate.typ` reads exactly these names. */
export interface SheetSide {
  lang: 'fr' | 'ar';
  organisation: string;
  funders: string | null;
  /** Under the names of who gives it. This and the other texts: null where nothing is said in this script. */
  givenBy: string | null;
  heading: string | null;
  given: string | null;
  /** Null when the person gave no name in this script. */
  name: string | null;
  reason: string | null;
  course: string;
  campaign: string;
  facts: string;
  note: string | null;
  issued: string;
  signatories: Array<{ name: string; role: string }>;
}

/** A logo on the sheet. */
export interface SheetLogo {
  /** Name under which the template opens it. */
  file: string;
  alt: string;
  widthMm: number;
  heightMm: number;
}

/** Everything on the sheet, and what the file says about itself. */
export interface CertificateSheet {
  title: string;
  description: string;
  author: string;
  keywords: string[];
  date: { year: number; month: number; day: number };
  logos: SheetLogo[];
  fr: SheetSide;
  ar: SheetSide;
  /** For a trial: texts that do not fit, and more than a page at four fifths, stop the print. */
  isStrict: boolean;
  /** What the square leads to; drawn where the sheet is printed. */
  qrText: string;
  qrAlt: string;
  code: string;
  serial: string;
  address: string;
}

/** Name under which the template opens the nth logo, from 0. */
export const logoFile = (n: number): string => `logo-${n + 1}.png`;

function sideOf(frozen: FrozenCertificate, texts: PrintedTexts, lang: 'fr' | 'ar'): SheetSide {
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
    givenBy: texts.givenBy[lang] ?? null,
    heading: texts.heading[lang] ?? null,
    given: texts.given[lang] ?? null,
    name: frozen.name[lang] ?? null,
    reason: texts.reason[lang] ?? null,
    course: pick(frozen.course),
    campaign: pick(frozen.campaign),
    facts: facts.filter((fact) => fact !== '').join(' · '),
    note: texts.note[lang] ?? null,
    issued: t(lang, 'certificates:print.issued', { day: printedDay(frozen.issuedOn, lang) }),
    signatories: frozen.signatories.map(({ name, role }) => ({ name: pick(name), role: pick(role) })),
  };
}

/** What a print is besides what the certificate says. */
export interface PrintMarks {
  code: string;
  serial: string;
  /** Public address of the check page, with `https://`. */
  address: string;
  isStrict?: boolean;
}

/** The sheet of a certificate. */
export function certificateSheet(
  frozen: FrozenCertificate,
  { code, serial, address, isStrict = false }: PrintMarks,
): CertificateSheet {
  const texts = frozen.texts ?? printedTexts(null);
  const fr = sideOf(frozen, texts, 'fr');
  const ar = sideOf(frozen, texts, 'ar');
  const given = (...parts: Array<string | null | undefined>): string => parts.filter(Boolean).join(' · ');
  return {
    title: given(fr.heading, ar.heading, frozen.name.fr, frozen.name.ar),
    description: t('fr', 'certificates:print.description', {
      heading: fr.heading ?? ar.heading ?? '',
      course: fr.course,
      campaign: fr.campaign,
      address,
    }),
    author: fr.organisation,
    keywords: [code, serial],
    date: { ...partsOf(frozen.issuedOn) },
    logos: (frozen.logos ?? []).map((logo, n) => ({
      file: logoFile(n),
      alt: given(logo.alt.fr, logo.alt.ar),
      ...logoSize(logo),
    })),
    ...{ fr, ar, isStrict },
    qrText: address,
    qrAlt: t('fr', 'certificates:print.qr', { address }),
    code: groupCode(code),
    serial: t('fr', 'certificates:print.serial', { serial }),
    address: address.replace(/^https?:\/\//, ''),
  };
}
