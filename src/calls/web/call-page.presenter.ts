import type { CampaignRow } from '../../campaigns/public.js';
import { inLanguage } from '../../campaigns/public.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { momentWords } from '../call-gate.js';
import { type Call, phaseOf } from '../call.js';
import { answerText } from '../dossier-table.js';
import type { Answers, Need } from '../application.js';

const BADGES = { draft: 'neutral', soon: 'info', open: 'good', closed: 'neutral' } as const;

/** Who asks, why, from when to when, and where the call stands. */
export function presentCallHead(call: Call, campaign: CampaignRow, now: Date, locale: Locale) {
  const phase = phaseOf(call, now);
  const at = phase === 'soon' ? call.opensAt : call.closesAt;
  const key = phase === 'draft' ? 'open' : phase;
  return {
    ...{ id: call.id, slug: call.slug, phase, isOpen: phase === 'open' },
    title: pickText(call.title, locale).text,
    paragraphs: pickText(call.body, locale).text.split(/\n{2,}/),
    by: t(locale, 'calls:page.by', {
      operator: inLanguage(campaign.operator.name, locale),
      campaign: inLanguage(campaign.name, locale),
    }),
    badge: { kind: BADGES[phase], text: t(locale, `calls:phase.${phase}`) },
    when: t(locale, `calls:when.${key}`, momentWords(at, call.zone, locale)),
    opens: t(locale, 'calls:when.from', momentWords(call.opensAt, call.zone, locale)),
    closes: t(locale, 'calls:when.until', momentWords(call.closesAt, call.zone, locale)),
    recipients: t(locale, 'calls:page.recipients', { operator: inLanguage(campaign.operator.name, locale) }),
  };
}

/** What was answered, question by question, in words. */
export function presentAnswers(
  call: Call,
  { answers, needs }: { answers: Answers; needs: readonly Need[] },
  locale: Locale,
): Array<{ term: string; text: string }> {
  const items = call.fields.map((field) => ({
    term: pickText(field.label, locale).text,
    text: answerText(field, answers[field.id], locale) || '–',
  }));
  const said = needs.map((need) => t(locale, `calls:need.${need}`)).join(locale === 'ar' ? '، ' : ', ');
  return [...items, { term: t(locale, 'calls:form.needs'), text: said || '–' }];
}
