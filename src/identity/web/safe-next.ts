const LONGEST = 500;

/** `?next=` as a path of this site, or undefined: a link in a message must not lead elsewhere after the sign-in. */
export function safeNext(next: unknown): string | undefined {
  if (typeof next !== 'string' || next.length > LONGEST) return undefined;
  // Browsers read a backslash as a slash and drop tabs and line breaks.
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return undefined;
  return next;
}
