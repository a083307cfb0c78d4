/** Words; above it a listener loses the beginning. */
const MEDIAN_LIMIT = 12;
const SENTENCE_LIMIT = 20;

/** Words of a plain text in any script; bare punctuation and dashes are none. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Sentences of a plain text: ended by a full stop, question or exclamation mark, colon, semicolon (both scripts) or line. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?:;؟؛…])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => countWords(sentence) > 0);
}

/** What makes a text hard to follow, as sentences for the author; empty when it is easy. */
export function sentenceWarnings(text: string): string[] {
  const sentences = sentencesOf(text);
  const lengths = sentences.map(countWords).sort((a, b) => a - b);
  const warnings = sentences
    .filter((sentence) => countWords(sentence) > SENTENCE_LIMIT)
    .map(
      (sentence) =>
        `a sentence of ${countWords(sentence)} words (at most ${SENTENCE_LIMIT}): "${sentence.slice(0, 40)}…"`,
    );
  const median = lengths[Math.floor((lengths.length - 1) / 2)] ?? 0;
  if (median > MEDIAN_LIMIT)
    warnings.push(`the median sentence has ${median} words (at most ${MEDIAN_LIMIT})`);
  return warnings;
}
