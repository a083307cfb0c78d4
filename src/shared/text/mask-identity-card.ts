// A Moroccan identity card: one or two letters and five to seven figures. Letters in small print only where they touch
// the figures, else « il y a 20000 dirhams » would be one.
const CARD = /(?<![\p{L}\p{N}])(?:[A-Z]{1,2}[ .-]?|[a-z]{1,2})[0-9٠-٩۰-۹]{5,7}(?![\p{L}\p{N}])/gu;

/** Puts dots in place of what looks like the number of an identity card: it is never kept. */
export function maskIdentityCards(text: string): string {
  return text.replace(CARD, '•••••');
}
