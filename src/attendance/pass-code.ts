/** Digits of a spoken code, the last of which checks the others. */
export const CODE_DIGITS = 8;

/** Damm's quasigroup of order 10: its check finds every wrong digit and every swap of neighbours. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/** The check digit of a row of digits. */
export function checkDigit(digits: string): string {
  let row = 0;
  for (const digit of digits) row = Number(DAMM[row]?.[Number(digit)]);
  return String(row);
}

/** A code that can be one: eight digits whose last checks the others. */
export function isSoundCode(code: string): boolean {
  return /^[0-9]{8}$/.test(code) && checkDigit(code) === '0';
}

/** A spoken code made from 32 random bits. */
export function makeCode(random: number): string {
  const digits = String(random % 10 ** (CODE_DIGITS - 1)).padStart(CODE_DIGITS - 1, '0');
  return digits + checkDigit(digits);
}
