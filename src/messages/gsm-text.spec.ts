import { LOCALES, readWords } from '../shared/i18n/i18n.js';
import { isGsm, smsSegments, toGsm } from './gsm-text.js';
import { messageText, UnknownTemplate, withoutSecrets } from './message-text.js';

const VALUES = { code: '482059', link: 'https://qafila.example/fr/sign-up', help: '05 39 00 00 00' };
const TEMPLATES = Object.keys(readWords('fr')['messages'] ?? {});

describe('the letters of an SMS', () => {
  it('are found as the operators bill them', () => {
    expect(isGsm('éèàùìòÇäöñü@£$ {€}')).toBe(true);
    for (const letter of 'çêîôûâëïœ«»’–…°') expect(isGsm(letter)).toBe(false);
  });

  it('replace what would double the price', () => {
    expect(toGsm('Inscription reçue à M’diq : « Al Hoceïma », même sœur…\u00a0fin – là')).toBe(
      'Inscription recue à M\'diq : " Al Hoceima ", meme soeur... fin - là',
    );
    expect(toGsm('Salle n° 2')).toBe('Salle no 2');
    expect(toGsm('\u2068فاطمة\u2069 ç')).toBe('فاطمة c');
  });

  it('are counted in segments', () => {
    expect(smsSegments('a'.repeat(160))).toBe(1);
    expect(smsSegments('a'.repeat(161))).toBe(2);
    expect(smsSegments('a'.repeat(306))).toBe(2);
    expect(smsSegments('a'.repeat(307))).toBe(3);
    expect(smsSegments('€'.repeat(80))).toBe(1);
    expect(smsSegments('€'.repeat(81))).toBe(2);
    expect(smsSegments('ع'.repeat(70))).toBe(1);
    expect(smsSegments('ع'.repeat(71))).toBe(2);
    expect(smsSegments('😀'.repeat(35))).toBe(1);
    expect(smsSegments('😀'.repeat(36))).toBe(2);
  });
});

describe('templates', () => {
  it.each(TEMPLATES)('%s is one SMS in Latin script and two at most in Arabic', (template) => {
    for (const locale of LOCALES) {
      const text = messageText(template, 'sms', locale, VALUES);
      expect(text).not.toContain('{{');
      if (locale !== 'ar') expect(isGsm(text)).toBe(true);
      expect(smsSegments(text)).toBeLessThanOrEqual(locale === 'ar' ? 2 : 1);
    }
  });

  it('takes a key of another feature as it is, and refuses one without words', () => {
    expect(messageText('web:name', 'sms', 'fr')).toBe('Qafila');
    expect(() => messageText('nothing', 'sms', 'fr')).toThrow(UnknownTemplate);
  });

  it('hides the values that open something', () => {
    const text = messageText('code', 'sms', 'ar', withoutSecrets(VALUES, ['code']));
    expect(text).toContain('******');
    expect(text).not.toContain('482059');
  });
});
