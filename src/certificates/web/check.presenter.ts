import { type Locale, t } from '../../shared/i18n/i18n.js';
import { wallTimeOf } from '../../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { groupCode } from '../certificate-code.js';
import type { CertificateRow, CertificateStatus, PrintedText } from '../certificate.js';
import { printedTexts } from '../certificate-texts.js';
import { printedDay, printedDays, printedTime } from '../printed-words.js';

/** A line of the list: a word, and what is printed in one or both scripts. */
interface PrintedLine {
  term: string;
  /** In the order of the page; each keeps its own direction. */
  texts: Array<{ text: string; lang: 'fr' | 'ar' | null }>;
}

/** What `check.hbs` shows. */
export interface CheckView {
  sign: { tone: 'good' | 'warn' | 'bad'; glyph: string; word: string; text: string; since: string | null };
  code: string;
  heading: string;
  lines: PrintedLine[];
  replacedHref: string | null;
  pdfHref: string | null;
}

const SIGNS: Readonly<Record<CertificateStatus, { tone: 'good' | 'warn' | 'bad'; glyph: string }>> = {
  valid: { tone: 'good', glyph: 'badge-check' },
  replaced: { tone: 'warn', glyph: 'refresh-cw' },
  revoked: { tone: 'bad', glyph: 'ban' },
};

function signOf(row: CertificateRow, locale: Locale): CheckView['sign'] {
  const word = t(locale, `certificates:check.${row.status}`);
  const text = t(locale, `certificates:check.${row.status}Text`);
  const day = printedDay(wallTimeOf(row.statusAt, DEFAULT_ZONE).localDate, locale);
  const since = row.status === 'valid' ? null : t(locale, 'certificates:check.since', { day });
  return { ...SIGNS[row.status], word, text, since };
}

/** Every printed field, in the order of the sheet; what was not printed has no line. */
function linesOf({ frozen, serial }: CertificateRow, locale: Locale): PrintedLine[] {
  const texts = frozen.texts ?? printedTexts(null);
  const line = (key: string, ...texts: PrintedLine['texts']): PrintedLine => ({
    term: t(locale, `certificates:check.${key}`),
    texts: texts.filter(({ text }) => text !== ''),
  });
  const both = (key: string, text: PrintedText): PrintedLine => {
    const sides: PrintedLine['texts'] = [
      { text: text.fr ?? '', lang: 'fr' },
      { text: text.ar ?? '', lang: 'ar' },
    ];
    return line(key, ...(locale === 'ar' ? sides.reverse() : sides));
  };
  const plain = (key: string, text: string): PrintedLine => line(key, { text, lang: null });
  const lists = [
    ...frozen.funders.map((funder) => both('funders', funder)),
    ...frozen.signatories.map(({ name, role }) =>
      both('signatories', {
        fr: [name.fr, role.fr].filter(Boolean).join(', '),
        ar: [name.ar, role.ar].filter(Boolean).join('، '),
      }),
    ),
  ];
  const [funders, signatories] = [lists.slice(0, frozen.funders.length), lists.slice(frozen.funders.length)];
  return [
    both('heading', texts.heading),
    both('name', frozen.name),
    both('course', frozen.course),
    both('campaign', frozen.campaign),
    ...(frozen.city ? [both('city', frozen.city)] : []),
    ...(frozen.dates ? [plain('dates', printedDays(frozen.dates, locale))] : []),
    ...(frozen.minutes > 0 ? [plain('time', printedTime(frozen.minutes, locale))] : []),
    both('organisation', frozen.organisation),
    ...funders,
    both('givenBy', texts.givenBy),
    plain('issued', printedDay(frozen.issuedOn, locale)),
    ...signatories,
    plain('serial', serial),
    both('given', texts.given),
    both('reason', texts.reason),
    both('note', texts.note),
    ...(frozen.logos ?? []).map(({ alt }) => both('logos', alt)),
  ].filter((one) => one.texts.length > 0);
}

/** The check page of a certificate. @param pdfHref where this reader may get the PDF, if they may */
export function presentCheck(row: CertificateRow, locale: Locale, pdfHref: string | null): CheckView {
  const { name } = row.frozen;
  const shown = (locale === 'ar' ? (name.ar ?? name.fr) : (name.fr ?? name.ar)) ?? '';
  return {
    sign: signOf(row, locale),
    code: groupCode(row.code),
    heading: shown,
    lines: linesOf(row, locale),
    replacedHref: row.replacedByCode ? `/${locale}/v/${row.replacedByCode}` : null,
    pdfHref,
  };
}
