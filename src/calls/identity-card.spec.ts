import { asksForCard, MASK, maskCards } from './identity-card.js';

describe('a field that asks for the identity card', () => {
  it.each([
    'CIN',
    'N° CIN',
    'Votre C.I.N.',
    'Numéro de la CNIE',
    'CNI (recto)',
    'C N I E',
    'Carte nationale',
    "Carte nationale d'identité",
    'Carte d’identité électronique',
    'Numéro d’identité',
    'رقم البطاقة الوطنية',
    'رَقْم البِطاقة الوطنيّة للتعريف',
    'بطاقة التعريف',
    'رقم بطاقة تعريفكم',
    'رقم البطاقة',
    'لاكارط',
    'National ID',
    'ID number',
    'identity card',
  ])('is seen: %s', (label) => expect(asksForCard(label)).toBe(true));

  it.each([
    'Cinéma le plus proche',
    'Combien de vaccins ?',
    'Votre carte de visite',
    'Médecine douce',
    'Avez-vous une carte professionnelle d’artisan ?',
    'بطاقة المنتوج',
    'نوع البطاقة البنكية',
    'Idées de produits',
    'Cinq produits que vous vendez',
  ])('is not seen in: %s', (label) => expect(asksForCard(label)).toBe(false));
});

describe('a number of an identity card in an answer', () => {
  it.each([
    ['AB123456', MASK],
    ['ma carte est K 123456.', `ma carte est ${MASK}.`],
    ['LB-12345 et R.765432', `${MASK} et ${MASK}`],
    ['kb٤٥٦٧٨٩ رقمي', `${MASK} رقمي`],
    ['رقم البطاقة LE۱۲۳۴۵۶', `رقم البطاقة ${MASK}`],
  ])('is made unreadable: %s', (text, expected) => expect(maskCards(text)).toBe(expected));

  it.each([
    'Je gagne DH 15000 par mois',
    'BP 90000 Tanger',
    'a 12345 clients',
    'ICE 001234567000089',
    '06 12 34 56 78',
    'RC12',
    'article ABC12345',
    'année 2021, 5000 pièces',
    '',
  ])('is not seen in: %s', (text) => expect(maskCards(text)).toBe(text));
});
