import type { FieldError } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import type { SessionClash } from '../session.errors.js';
import { SOFT_CODES, type SoftCode } from '../soft-clash.js';
import { describeClash, describeSoft } from './clash.presenter.js';

/** Reasons as a form sends them, those that say something. */
export function reasonsOf(body: FormBody): Record<string, string> {
  const reasons = SOFT_CODES.map((code) => [code, formText(body, `reason-${code}`)] as const);
  return Object.fromEntries(reasons.filter(([, text]) => text.trim() !== ''));
}

/** What is taken, what needs a reason, and the reasons given before, as the parts of a form. */
export function presentQuestions(
  clash: SessionClash | undefined,
  reasons: Readonly<Record<string, string>>,
  locale: Locale,
  errors: readonly FieldError[] = [],
) {
  const soft = clash?.soft ?? [];
  const open = new Set<SoftCode>(soft.map(({ code }) => code));
  return {
    clashes: (clash?.clashes ?? []).map((one) => ({
      kind: t(locale, `tours:clash.kind.${one.kind}`),
      text: describeClash(one, locale),
      ...(one.other ? { href: `/${locale}/staff/sessions/${one.other.id}` } : {}),
    })),
    questions: [...open].map((code) => {
      const error = errors.find(({ pointer }) => pointer === `/reasons/${code}`);
      return {
        name: `reason-${code}`,
        label: `${t(locale, `tours:soft-code.${code}`)} · ${t(locale, 'tours:form.reason')}`,
        hint: soft
          .filter((one) => one.code === code)
          .map((one) => describeSoft(one, locale))
          .join(' '),
        value: reasons[code] ?? '',
        error: error ? fieldDetail(locale, error) : undefined,
      };
    }),
    kept: Object.entries(reasons)
      .filter(([code]) => !open.has(code as SoftCode))
      .map(([code, value]) => ({ name: `reason-${code}`, value })),
  };
}
