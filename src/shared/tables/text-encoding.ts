/** Letters of windows-1256 that windows-1252 has other signs for; é, è, ç, à and others stand at one place in both. */
const ARABIC = /[\u0600-\u06ff]/;
const SAMPLE_BYTES = 64 * 1024;

/**
 * The text of a file from wherever: UTF-8 and UTF-16 with or without a byte order mark, windows-1252, windows-1256. The
 * two old ones cannot be told apart by rule; Arabic words are rows of letters above 0x7F, French accents stand alone.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** @returns a label that `TextDecoder` takes */
export function encodingOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const wide = unmarkedWide(bytes.subarray(0, SAMPLE_BYTES));
  if (wide) return wide;
  if (isUtf8(bytes)) return 'utf-8';
  return looksArabic(bytes) ? 'windows-1256' : 'windows-1252';
}

/** A delimiter or a line's end is two bytes in UTF-16, one of them 0, which no other of these encodings ever has. */
function unmarkedWide(sample: Uint8Array): string | undefined {
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd < 2) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function looksArabic(bytes: Uint8Array): boolean {
  const text = new TextDecoder('windows-1256').decode(bytes.subarray(0, SAMPLE_BYTES));
  let inWords = 0;
  let alone = 0;
  for (const word of text.match(/[^\s;,\t"']+/g) ?? []) {
    const letters = [...word].filter((letter) => ARABIC.test(letter)).length;
    // A French word of capitals has one or two of them among plain letters; an Arabic word has nothing else.
    if (letters > 1 && !/[a-z]/i.test(word)) inWords += letters;
    else alone += letters;
  }
  return inWords > alone;
}
