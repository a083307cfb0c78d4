/** Encodings of older programs, by the language they wrote. */
const OLDER: Readonly<Record<string, string>> = { ar: 'windows-1256', fr: 'windows-1252' };

/** The text of a file: UTF-8 or UTF-16 by its content, else as an older program of its language wrote it. */
export async function textOfFile(file: Blob, lang: string): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(OLDER[lang] ?? 'windows-1252').decode(bytes);
  }
}
