import { messageText, smsSegments } from '../messages/public.js';
import { LOCALES } from '../shared/i18n/i18n.js';

/** The longest of each that the region has: a city, a day, a moment, a room of ordinary length. */
const VALUES = {
  fr: {
    city: 'Oued Laou',
    day: 'mercredi 22 décembre',
    time: '14 h 30',
    place: 'Maison de l’Artisan, salle 2',
  },
  en: {
    city: 'Oued Laou',
    day: 'Wednesday 22 December',
    time: '2:30 pm',
    place: 'Maison de l’Artisan, salle 2',
  },
  ar: { city: 'القصر الكبير', day: 'الأربعاء 22 دجنبر', time: '14:30', place: 'دار الصانع، القاعة 2' },
} as const;

describe('the SMS about a seat', () => {
  it.each([
    'booked',
    'waiting',
    'givenBack',
    'expired',
    'moved',
    'postponed',
    'calledOff',
    'reseated',
    'offered',
    'remind.three-days',
    'remind.day',
    'remind.two-hours',
  ])('%s is one SMS in Latin script and two at most in Arabic', (key) => {
    for (const locale of LOCALES) {
      const isAsking = key === 'offered' || key === 'remind.three-days';
      const link = `https://qafila.ma/${locale}/${isAsking ? 'r/0123456789ab' : 'my/sessions'}`;
      const until = `${VALUES[locale].day}, ${VALUES[locale].time}`;
      const values = { ...VALUES[locale], link, until, position: 128, help: '05 39 00 00 00' };
      const text = messageText(`enrolment:sms.${key}`, 'sms', locale, values);
      expect(text).not.toContain('{{');
      expect([locale, smsSegments(text), text]).toEqual([
        locale,
        locale === 'ar' ? expect.any(Number) : 1,
        text,
      ]);
      expect(smsSegments(text)).toBeLessThanOrEqual(2);
    }
  });
});
