import { measureSms, messageText } from '../messages/public.js';
import { LOCALES } from '../shared/i18n/i18n.js';

/** The longest title of the house's courses; who reads English is told the French one. */
const COURSE = {
  fr: 'Paiement électronique',
  en: 'Paiement électronique',
  ar: 'البيع عبر الإنترنت',
} as const;

describe('the SMS of a certificate', () => {
  it.each(LOCALES)('is one SMS in Latin script and two at most in Arabic: %s', (locale) => {
    const link = `https://qafila.ma/v/0123456789?k=${'A'.repeat(22)}`;
    const text = messageText('certificates:sms.issued', 'sms', locale, {
      ...{ course: COURSE[locale], link, help: '05 39 00 00 00' },
    });
    const { encoding, segments } = measureSms(text);
    expect(text).not.toContain('{{');
    expect([text, encoding]).toEqual([text, locale === 'ar' ? 'ucs2' : 'gsm']);
    expect(segments).toBeLessThanOrEqual(locale === 'ar' ? 2 : 1);
  });
});
