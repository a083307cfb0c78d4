import { createHash } from 'node:crypto';

/** SHA-256, in hexadecimal, of what is read aloud, a paragraph an entry: a recording belongs to these words and to no others. */
export function digestOfWords(words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}
