const UNITS = [
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
  'dix-sept dix-huit dix-neuf',
].flatMap((words) => words.split(' '));
const TENS = [
  '',
  '',
  'vingt',
  'trente',
  'quarante',
  'cinquante',
  'soixante',
  'soixante',
  'quatre-vingt',
  'quatre-vingt',
];

/** A whole number from 0 to 999,999,999 in French words. */
export function frenchNumber(value: number): string {
  if (value < 100) return belowHundred(value);
  if (value < 1000) return belowThousand(value);
  if (value < 1_000_000)
    return withUnit(value, 1000, (count) => (count === 1 ? 'mille' : `${frenchNumber(count)} mille`));
  return withUnit(value, 1_000_000, (count) => `${frenchNumber(count)} million${count > 1 ? 's' : ''}`);
}

/** The digits after a decimal comma: leading zeros one by one, the rest as a number. */
export function frenchDecimals(digits: string): string {
  const zeros = /^0*/.exec(digits)?.[0].length ?? 0;
  const rest = digits.slice(zeros);
  return [...Array<string>(zeros).fill('zéro'), ...(rest === '' ? [] : [frenchNumber(Number(rest))])].join(
    ' ',
  );
}

function belowHundred(value: number): string {
  const simple = UNITS[value];
  if (simple) return simple;
  const ten = Math.floor(value / 10);
  const tens = TENS[ten] ?? '';
  const rest = ten === 7 || ten === 9 ? value - (ten - 1) * 10 : value % 10;
  if (rest === 0) return ten === 8 ? 'quatre-vingts' : tens;
  const joins = (rest === 1 || rest === 11) && ten < 8;
  return `${tens}${joins ? ' et ' : '-'}${UNITS[rest] ?? ''}`;
}

function belowThousand(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const head = hundreds === 1 ? 'cent' : `${UNITS[hundreds] ?? ''} cent${rest === 0 ? 's' : ''}`;
  return rest === 0 ? head : `${head} ${belowHundred(rest)}`;
}

function withUnit(value: number, unit: number, name: (count: number) => string): string {
  const rest = value % unit;
  const head = name(Math.floor(value / unit)).replace(/(vingt|cent)s mille/, '$1 mille');
  return rest === 0 ? head : `${head} ${frenchNumber(rest)}`;
}
