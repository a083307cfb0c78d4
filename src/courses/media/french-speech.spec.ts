import { frenchNumber } from './french-numbers.js';
import { spokenFrench } from './french-speech.js';

describe('frenchNumber', () => {
  it.each([
    [0, 'zéro'],
    [16, 'seize'],
    [21, 'vingt et un'],
    [70, 'soixante-dix'],
    [71, 'soixante et onze'],
    [80, 'quatre-vingts'],
    [81, 'quatre-vingt-un'],
    [91, 'quatre-vingt-onze'],
    [99, 'quatre-vingt-dix-neuf'],
    [100, 'cent'],
    [200, 'deux cents'],
    [201, 'deux cent un'],
    [1000, 'mille'],
    [1999, 'mille neuf cent quatre-vingt-dix-neuf'],
    [80_000, 'quatre-vingt mille'],
    [200_000, 'deux cent mille'],
    [500_000, 'cinq cent mille'],
    [2_000_001, 'deux millions un'],
  ])('%d is %s', (value, words) => expect(frenchNumber(value)).toBe(words));
});

describe('spokenFrench', () => {
  it.each([
    ['Le prix : 122,2 DH.', 'Le prix : cent vingt-deux virgule deux dirhams.'],
    ['Plafond de 20 000 DH, 1 DH au moins', 'Plafond de vingt mille dirhams, un dirham au moins'],
    ['Une commission de 10 %', 'Une commission de dix pour cent'],
    ['Un taux de 0,05 %', 'Un taux de zéro virgule zéro cinq pour cent'],
    ['La CIN et le RIB', 'La cé i enne et le ribe'],
    ['Sur WhatsApp ou Facebook', 'Sur ouatsappe ou féïsbouk'],
    ['Le 1er colis pèse 600 g', 'Le premier colis pèse six cents grammes'],
    [
      'Appelez le 06 12 34 56 78',
      'Appelez le zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit',
    ],
    ['Un budget de 20–50 DH', 'Un budget de vingt à cinquante dirhams'],
    ['La loi 09-08', 'La loi zéro neuf zéro huit'],
    ['Dites « un tapis doux »', 'Dites un tapis doux'],
    ["L'e-marketing", "L'i marketing"],
  ])('says %j', (text, spoken) => expect(spokenFrench(text)).toBe(spoken));

  it('leaves ordinary words and names alone', () => {
    expect(spokenFrench("À Tétouan, Salma n'achète rien.")).toBe("À Tétouan, Salma n'achète rien.");
  });
});
