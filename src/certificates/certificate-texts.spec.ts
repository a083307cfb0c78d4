import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { cleanTexts, faultsOfTexts, LONGEST_TEXT, ownTexts, printedTexts } from './certificate-texts.js';
import { oneLine } from './printed-line.js';

describe('printedTexts', () => {
  it('are the product’s words where a campaign gives none', () => {
    expect(printedTexts(null)).toEqual({
      givenBy: {},
      heading: { fr: 'Attestation de formation', ar: 'شهادة تكوين' },
      given: { fr: 'Cette attestation est remise à', ar: 'تسلم هذه الشهادة إلى' },
      reason: { fr: 'pour avoir suivi et achevé la formation', ar: 'إثر استكمال التكوين في موضوع' },
      note: {},
    });
  });

  it('leave out the script that a campaign did not write: nothing of ours stands beside its words', () => {
    const own = { heading: { fr: 'Attestation d’assiduité', ar: '' }, note: { fr: '', ar: 'ملاحظة' } };
    expect(printedTexts(own)).toMatchObject({
      heading: { fr: 'Attestation d’assiduité' },
      note: { ar: 'ملاحظة' },
    });
    expect(printedTexts(own).heading).not.toHaveProperty('ar');
    expect(printedTexts(own).note).not.toHaveProperty('fr');
  });
});

describe('texts as they are kept', () => {
  it('are one line, without what cannot be seen', () => {
    expect(oneLine('  a\r\n\tb\u202e\u2066c\u200f\u00ad\ufeff\u0007d  ')).toBe('a bc d');
  });

  it('keep the joiners that shape letters', () => {
    expect(oneLine('می\u200cخواهم')).toBe('می\u200cخواهم');
    expect(oneLine('a\u200d \u200cb\u200c')).toBe('a b');
    expect(oneLine('Fait\u202f:\u00a0oui \u00a0 non')).toBe('Fait\u00a0:\u00a0oui non');
  });

  it('hold nothing unseen, whatever was typed, and are the same when cleaned again', () => {
    holds(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const kept = oneLine(text);
        expect(kept).not.toMatch(/[\p{Cc}\p{Bidi_Control}]|^\s|\s$|\s\s/u);
        expect(oneLine(kept)).toBe(kept);
      }),
    );
  });

  it('are counted as they will be kept, each by its own limit', () => {
    for (const [key, max] of Object.entries(LONGEST_TEXT)) {
      const typed = (text: string) => ({ ...ownTexts(null), [key]: { fr: text, ar: '' } });
      expect(faultsOfTexts(typed(`\u202e${'é'.repeat(max)}  `))).toEqual([]);
      expect(faultsOfTexts(typed('é'.repeat(max + 1)))).toEqual([
        { pointer: `/${key}/fr`, code: 'longer-than', params: { max } },
      ]);
      expect(faultsOfTexts(typed('a\0b'))).toEqual([{ pointer: `/${key}/fr`, code: 'not-unicode' }]);
      expect(faultsOfTexts(typed('a\ud800b'))).toEqual([{ pointer: `/${key}/fr`, code: 'not-unicode' }]);
    }
  });

  it('are empty where only what cannot be seen was typed', () => {
    const typed = { ...ownTexts(null), heading: { fr: ' \u200f ', ar: '\u2067' } };
    expect(cleanTexts(typed).heading).toEqual({ fr: '', ar: '' });
  });
});
