import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { CampaignPlace } from '../certificate-scope.query.js';

/** The pages on which a campaign's certificate is prepared. */
export const PRINT_PAGES = ['signatures', 'texts', 'logos'] as const;
export type PrintPage = (typeof PRINT_PAGES)[number];

/** What `print-head.hbs` shows above each of these pages. */
export interface PrintHead {
  base: string;
  title: string;
  campaign: CampaignPlace['name'];
  tabs: Array<{ label: string; href: string; current: boolean }>;
}

export function printHead({ slug, name }: CampaignPlace, current: PrintPage, locale: Locale): PrintHead {
  const base = `/${locale}/staff/campaigns/${slug}/certificates`;
  const tabs = PRINT_PAGES.map((page) => ({
    label: t(locale, `certificates:sheet.${page}`),
    href: `${base}/${page}`,
    current: page === current,
  }));
  return { base, title: t(locale, `certificates:sheet.${current}Title`), campaign: name, tabs };
}
