import type { Locale } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { type CampaignRow, isEnrolmentOpen, type Words } from '../campaign.query.js';
import type { CampaignDto } from './campaign.dto.js';

/** A stored name in the reader's language, or the nearest one that exists. */
export function inLanguage(words: Words, locale: Locale): string {
  return pickText(words, locale).text;
}

/** A campaign as its public JSON. */
export function presentCampaign(row: CampaignRow, locale: Locale, now: Date): CampaignDto {
  const named = ({ slug, name }: { slug: string; name: Words }) => ({ slug, name: inLanguage(name, locale) });
  return {
    id: row.id,
    slug: row.slug,
    name: inLanguage(row.name, locale),
    summary: inLanguage(row.summary, locale),
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    enrolment: {
      open: isEnrolmentOpen(row, now),
      opensAt: row.enrolmentOpensAt?.toISOString() ?? null,
      closesAt: row.enrolmentClosesAt?.toISOString() ?? null,
    },
    supportPhone: row.supportPhone,
    operator: named(row.operator),
    funders: row.funders.map(named),
    courses: row.courses.map(({ id, slug, title }) => ({ id, slug, title: inLanguage(title, locale) })),
  };
}
