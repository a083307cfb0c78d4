import { maskIdentityCards } from './mask-identity-card.js';

describe('the number of an identity card', () => {
  it.each([
    ['CIN LB123456, rappeler', 'CIN •••••, rappeler'],
    ['K 123456', '•••••'],
    ['k123456 ou L-98765.', '••••• ou •••••.'],
    ['بطاقة LA١٢٣٤٥٦', 'بطاقة •••••'],
  ])('is masked in %s', (typed, kept) => expect(maskIdentityCards(typed)).toBe(kept));

  it.each([
    'rappeler à 14 h 30',
    'il y a 20000 dirhams',
    '06 12 34 56 78',
    '0612345678',
    'salle B12',
    'ABC123456',
  ])('is not seen in %s', (typed) => expect(maskIdentityCards(typed)).toBe(typed));
});
