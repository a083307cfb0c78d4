import { frenchDecimals, frenchNumber } from './french-numbers.js';

/** How a French voice is to say what it would misread: names from English, and acronyms that are spoken as words. */
const SAID: readonly [RegExp, string][] = [
  [/\bWhatsApp\b/gi, 'ouatsappe'],
  [/\bFacebook\b/gi, 'féïsbouk'],
  [/\bInstagram\b/gi, 'instagramme'],
  [/\bMarocPay\b/gi, 'maroque pé'],
  [/\bM-wallet\b/gi, 'aime ouallette'],
  [/\bwallet\b/gi, 'ouallette'],
  [/\be-(?=\p{L})/giu, 'i '],
  [/\bRIB\b/g, 'ribe'],
  [/\bSIM\b/g, 'sime'],
  [/\bQR\b/g, 'cu erre'],
];

const LETTERS: Readonly<Record<string, string>> = {
  ...{
    A: 'a',
    B: 'bé',
    C: 'cé',
    D: 'dé',
    E: 'eu',
    F: 'effe',
    G: 'gé',
    H: 'hache',
    I: 'i',
    J: 'ji',
    K: 'ka',
    L: 'elle',
    M: 'aime',
  },
  ...{
    N: 'enne',
    O: 'o',
    P: 'pé',
    Q: 'cu',
    R: 'erre',
    S: 'esse',
    T: 'té',
    U: 'u',
    V: 'vé',
    W: 'double vé',
    X: 'ixe',
    Y: 'i grec',
    Z: 'zède',
  },
};

const UNITS: readonly [RegExp, string, string][] = [
  [/^\s?(?:DH|MAD)\b/, 'dirham', 'dirhams'],
  [/^\s?%/, 'pour cent', 'pour cent'],
  [/^\s?kg\b/, 'kilo', 'kilos'],
  [/^\s?g\b/, 'gramme', 'grammes'],
  [/^\s?cm\b/, 'centimètre', 'centimètres'],
  [/^\s?h\b/, 'heure', 'heures'],
];

const NUMBER = /(?<![\p{L}\d])(\d{1,3}(?:[ \u00A0\u202F]\d{3})+|\d+)(?:[.,](\d+))?(er\b)?/u;

/** A French text in words a voice reads right: numbers, money, acronyms and foreign names written out; marks that are not spoken left out. */
export function spokenFrench(text: string): string {
  let spoken = text.normalize('NFC').replace(/[«»"*_()[\]]/g, ' ');
  for (const [pattern, word] of SAID) spoken = spoken.replace(pattern, word);
  spoken = spoken.replace(/\b0[5-8](?:[ .]?\d\d){4}\b/g, (phone) => phoneInPairs(phone));
  spoken = spoken.replace(/(\d)\s?–\s?(?=\d)/g, '$1 à ').replace(/(\d)-(?=\d)/g, '$1 ');
  spoken = numbersInWords(spoken);
  spoken = spoken
    .replace(/\bDH\b/g, 'dirhams')
    .replace(/%/g, ' pour cent ')
    .replace(/&/g, ' et ')
    .replace(/\s[÷/]\s/g, ' divisé par ');
  spoken = spoken.replace(/\p{Lu}{2,5}(?!\p{L})/gu, (letters) => spell(letters));
  return spoken
    .replace(/\s*[–—]\s*/g, ', ')
    .replace(/[\s\u00A0\u202F]+/g, ' ')
    .replace(/ ([,.])/g, '$1')
    .trim();
}

function numbersInWords(text: string): string {
  let done = '';
  let rest = text;
  for (let match = NUMBER.exec(rest); match; match = NUMBER.exec(rest)) {
    const after = rest.slice(match.index + match[0].length);
    const whole = Number((match[1] ?? '').replace(/\D/g, ''));
    const decimals = match[2] === undefined ? '' : ` virgule ${frenchDecimals(match[2])}`;
    const coded = /^0\d/.test(match[1] ?? '');
    const words = match[3]
      ? 'premier'
      : `${coded ? frenchDecimals(match[1] ?? '') : frenchNumber(whole)}${decimals}`;
    const unit = UNITS.find(([pattern]) => pattern.test(after));
    done += `${rest.slice(0, match.index)}${words}`;
    if (unit) done += ` ${whole < 2 ? unit[1] : unit[2]}`;
    rest = unit ? after.replace(unit[0], '') : after;
  }
  return done + rest;
}

function phoneInPairs(phone: string): string {
  const pairs = phone.replace(/\D/g, '').match(/../g) ?? [];
  return pairs
    .map((pair) => (pair.startsWith('0') ? `zéro ${frenchNumber(Number(pair))}` : frenchNumber(Number(pair))))
    .join(', ');
}

function spell(letters: string): string {
  return [...letters].map((letter) => LETTERS[letter] ?? letter).join(' ');
}
