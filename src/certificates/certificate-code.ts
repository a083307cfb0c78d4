import { randomBytes } from 'node:crypto';

/** Thirty-two digits and letters that are not mistaken for one another when read aloud or typed: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Letters people type for the digits they look like. */
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };
/** Random characters before the check character: 45 bits. */
export const CODE_BODY_LENGTH = 9;
/** Whole length of a code. */
export const CODE_LENGTH = CODE_BODY_LENGTH + 1;
/** x⁵ + x² + 1, which makes the thirty-two characters a field. */
const FIELD_POLYNOMIAL = 0b100101;

/** Twice `a` in the field of thirty-two elements. */
function doubled(a: number): number {
  const shifted = a << 1;
  return shifted & 32 ? shifted ^ FIELD_POLYNOMIAL : shifted;
}

/**
 * The sum of the characters, each multiplied by another power of two of the field. The factors are all different and
 * none is zero, so one wrong character changes the sum, and so do two that changed places.
 */
function weightedSum(values: readonly number[]): number {
  // Horner's rule from the left: the last value has the factor 1.
  return values.reduce((sum, value) => doubled(sum) ^ value, 0);
}

/** A new code: nine random characters and the check character. */
export function newCertificateCode(random: (bytes: number) => Uint8Array = randomBytes): string {
  const body = [...random(CODE_BODY_LENGTH)].map((byte) => byte & 31);
  const check = doubled(weightedSum(body));
  return [...body, check].map((value) => ALPHABET[value]).join('');
}

/**
 * Reads a code as people write it: small letters, spaces and hyphens, O for zero, I or L for one.
 *
 * @returns the code as it is stored, or undefined when it cannot be one
 */
export function readCertificateCode(typed: string): string | undefined {
  const code = typed
    .replace(/[\s-]/g, '')
    .toUpperCase()
    .replace(/[OIL]/g, (letter) => LOOKALIKES[letter] ?? letter);
  const values = [...code].map((character) => ALPHABET.indexOf(character));
  if (values.length !== CODE_LENGTH || values.includes(-1)) return undefined;
  return weightedSum(values) === 0 ? code : undefined;
}

/** `7K3MX 9QPT2`: in two groups, as it is printed and read aloud. */
export function groupCode(code: string): string {
  return `${code.slice(0, 5)} ${code.slice(5)}`;
}
