import { basename } from 'node:path';

/** Documents that blocks hand out; everything else of a course is shown in its place. */
const HANDED_OUT = /(^|\/)files\/[a-z0-9.-]+$/;

/**
 * What a document is sent with, by its path: it is saved and never shown as a page of ours, under a name without the
 * digest that keeps two of a name apart. Empty for any other file.
 */
export function attachmentHeaders(path: string): Readonly<Record<string, string>> {
  if (!HANDED_OUT.test(path)) return {};
  const name = basename(path).replace(/-[0-9a-f]{8}(?=\.[a-z]+$)/, '');
  return {
    'content-disposition': `attachment; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  };
}
