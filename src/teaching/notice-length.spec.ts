import { measureSms, messageText } from '../messages/public.js';
import { LOCALES } from '../shared/i18n/i18n.js';

describe('the SMS of a task that comes back', () => {
  it.each(LOCALES)('is one SMS, in Arabic too: %s', (locale) => {
    const text = messageText('teaching:sms.returned', 'sms', locale, { help: '05 39 00 00 00' });
    const { encoding, segments } = measureSms(text);
    expect(text).not.toContain('{{');
    expect([text, encoding]).toEqual([text, locale === 'ar' ? 'ucs2' : 'gsm']);
    expect([text, segments]).toEqual([text, 1]);
  });
});
