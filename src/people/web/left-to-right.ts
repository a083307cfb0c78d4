/** Isolates digits and signs that have no direction of their own (`06 •• •• •• 78`), so that Arabic keeps their order. */
export function leftToRight(text: string): string {
  return `\u2066${text}\u2069`;
}
