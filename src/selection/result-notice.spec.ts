import { smsSegments } from '../messages/public.js';
import { LOCALES, t } from '../shared/i18n/i18n.js';
import { OUTCOMES } from './selection.js';

describe('the message about a result', () => {
  it.each(LOCALES)('is one SMS in Latin script and at most two in Arabic: %s', (locale) => {
    for (const outcome of OUTCOMES) {
      const body = t(locale, `selection:sms.${outcome}`, {
        ...{ number: '1234-56789', help: '05 39 00 00 00' },
        link: `https://caravane.region-tta.ma/${locale}/my/applications`,
      });
      expect(smsSegments(body)).toBeLessThanOrEqual(locale === 'ar' ? 2 : 1);
    }
  });
});
