import type { Call } from '../../calls/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { quotaWords, ruleWords } from '../selection-words.js';
import type { Selection } from '../selection.js';

/** How dossiers are chosen, as everybody reads it. */
export function presentRules({ design, hash, secret }: Selection, call: Call, locale: Locale) {
  const say = (key: string, params = {}): string => t(locale, `selection:${key}`, params);
  return {
    places: say('places', { count: design.places }),
    scorers: say(`page.scorers${design.scorers}`),
    rules: design.rules.map((rule) => ruleWords(rule, call, locale)),
    criteria: design.criteria.map(({ label, weight }) => ({
      term: pickText(label, locale).text,
      text: weight === 1 ? say('page.once') : say('page.weight', { weight }),
    })),
    quotas: design.quotas.map((quota) => quotaWords(quota, locale)),
    ...{ hash, secret },
  };
}
