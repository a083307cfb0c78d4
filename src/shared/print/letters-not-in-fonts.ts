const NOT_IN_FONTS = /the text `"?(.+?)"?` could not be displayed/g;

/** The letters a refused print names, each once; empty when it was refused for another reason. */
export function lettersNotInFonts(message: string): string {
  const found = [...message.replaceAll('\\', '').matchAll(NOT_IN_FONTS)].flatMap(([, text]) => [
    ...(text ?? ''),
  ]);
  return [...new Set(found)].join('');
}
