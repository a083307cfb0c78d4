import { smsSegments } from '../messages/public.js';
import { LOCALES, t } from '../shared/i18n/i18n.js';

describe('the receipt of a dossier', () => {
  it.each(LOCALES)('is one message in Latin script and at most two in Arabic: %s', (locale) => {
    const body = t(locale, 'calls:sms.received', {
      ...{
        number: '1234-56789',
        until: locale === 'fr' ? '15/12 23 h 59' : '15/12 23:59',
        help: '05 39 00 00 00',
      },
      link: `https://caravane.region-tta.ma/${locale}/my/applications`,
    });
    expect(smsSegments(body)).toBeLessThanOrEqual(locale === 'ar' ? 2 : 1);
  });
});
