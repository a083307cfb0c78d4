const NOT_IN_FONTS = /the text `"?(.+?)"?` could not be displayed/g;

/** The letters a refused print names, each once; empty when it was refused for another reason. */
export function lettersNotInFonts(message: string): string {
  // What cannot be seen is named by its number, as `\u{200d}`.
  const readable = message
    .replace(/\\+u\{([0-9a-f]{1,6})\}/gi, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replaceAll('\\', '');
  const found = [...readable.matchAll(NOT_IN_FONTS)].flatMap(([, text]) => [...(text ?? '')]);
  return [...new Set(found)].join('');
}
