import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import type { Both } from '../certificate.js';
import type { CampaignPlace } from '../certificate-scope.query.js';
import { LOGO_ACCEPT } from '../logo-picture.js';
import { LONGEST_ALT, MOST_LOGOS } from '../logo.service.js';
import type { LogoRow } from '../logo.store.js';
import { inReader } from '../printed-words.js';
import type { PageRefusal } from './page-refusal.js';
import { printHead } from './print-tabs.js';

/** A refused form: of which logo, with what was typed; `id` is empty for a new one. */
export interface LogoForm {
  id: string;
  alt: Both;
  refusal: PageRefusal;
}

/** The alternative texts of a form. */
export function readAltOf(body: FormBody): Both {
  return { fr: formText(body, 'alt-fr'), ar: formText(body, 'alt-ar') };
}

/** Where the picture of a logo is, for its staff. */
export function logoAddress(slug: string, id: string): string {
  return `/api/v1/campaigns/${slug}/certificates/logos/${id}/picture`;
}

function fieldsOf(alt: Both, locale: Locale, id: string, form?: LogoForm): object[] {
  const isRefused = form?.id === id;
  const of = isRefused ? form.alt : alt;
  return (['fr', 'ar'] as const).map((lang) => ({
    name: `alt-${lang}`,
    // Several forms of one page hold the same fields: the refused one is where the summary leads.
    id: isRefused || (id === '' && !form) ? `field-alt-${lang}` : `field-alt-${lang}-${id || 'new'}`,
    label: t(locale, `certificates:sheet.alt-${lang}`),
    value: of[lang],
    error: isRefused ? form.refusal.byField[`alt-${lang}`] : undefined,
  }));
}

/** What `logos.hbs` shows. */
export function presentLogos(
  campaign: CampaignPlace,
  { shown, removed }: { shown: LogoRow[]; removed: LogoRow[] },
  locale: Locale,
  form?: LogoForm,
): object {
  const head = printHead(campaign, 'logos', locale);
  const one = (row: LogoRow, index: number): object => ({
    id: `field-logo-${row.id}`,
    href: `${head.base}/logos/${row.id}`,
    src: logoAddress(campaign.slug, row.id),
    ...{ width: row.width, height: row.height },
    alt: inReader(row.alt, locale),
    title: t(locale, 'certificates:sheet.logoN', { n: index + 1 }),
    fields: fieldsOf(row.alt, locale, row.id, form),
    isOpen: form?.id === row.id,
    isFirst: index === 0,
    isLast: index === shown.length - 1,
  });
  return {
    head,
    errors: form?.refusal.errors ?? [],
    logos: shown.map(one),
    removed: removed.map(one),
    removedOpen: removed.some(({ id }) => id === form?.id),
    mayAdd: shown.length < MOST_LOGOS,
    full: t(locale, 'certificates:sheet.logosFull', { max: MOST_LOGOS }),
    accept: LOGO_ACCEPT,
    maxAlt: LONGEST_ALT,
    fresh: fieldsOf({ fr: '', ar: '' }, locale, '', form),
    pictureError: form?.id === '' ? form.refusal.byField['picture'] : undefined,
  };
}
