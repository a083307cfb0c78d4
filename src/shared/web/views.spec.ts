import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import { LOCALES } from '../i18n/i18n.js';

const SRC = path.resolve('src');
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' });
const TEMPLATES = FILES.filter((file) => file.endsWith('.hbs')).map((file) => ({
  file,
  text: readFileSync(path.join(SRC, file), 'utf8'),
}));
const ICONS = JSON.parse(readFileSync(path.join(SRC, 'shared/web/icons.json'), 'utf8')) as string[];

/** The namespace of a `locales/` folder is the name of the folder it stands in: `web:…` is in `shared/web/locales`. */
function localeFile(namespace: string, locale: string): string {
  const found = FILES.find((file) => `/${file}`.endsWith(`/${namespace}/locales/${locale}.json`));
  return path.join(SRC, found ?? `${namespace}/locales/${locale}.json`);
}

/** Whether a key, or its plural forms, is in a locale file. */
function isTranslated(key: string, locale: string): boolean {
  const [namespace = '', name = ''] = key.split(':');
  const file = localeFile(namespace, locale);
  if (!existsSync(file)) return false;
  const parts = name.split('.');
  const last = parts.pop() ?? '';
  let node: unknown = JSON.parse(readFileSync(file, 'utf8'));
  for (const part of parts) node = (node as Record<string, unknown> | undefined)?.[part];
  const entry = node as Record<string, unknown> | undefined;
  return entry?.[last] !== undefined || entry?.[`${last}_other`] !== undefined;
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

describe.each(TEMPLATES)('$file', ({ text }) => {
  it('parses', () => {
    expect(() => Handlebars.parse(text)).not.toThrow();
  });

  it('escapes everything and needs nothing that the content policy refuses', () => {
    expect(text).not.toMatch(/\{\{\{|\{\{&/);
    expect(text).not.toMatch(/<style|\sstyle="|\son[a-z]+="/);
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });

  it('names only icons that are built', () => {
    const names = found(text, /(?:\bicon |\bglyph=)['"]([a-z0-9-]+)['"]/g);
    expect(names.filter((name) => !ICONS.includes(name))).toEqual([]);
  });

  it('says only what exists in every language', () => {
    const keys = found(text, /\bt(?:In [\w.]+)? ['"]([\w-]+:[\w.-]+)['"]/g);
    const missing = LOCALES.flatMap((locale) =>
      keys.filter((key) => !isTranslated(key, locale)).map((key) => `${locale} ${key}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('icons', () => {
  it.each(FILES.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')))(
    'of %s are built',
    (file) => {
      const names = found(readFileSync(path.join(SRC, file), 'utf8'), /\b(?:icon|glyph): '([a-z0-9-]+)'/g);
      expect(names.filter((name) => !ICONS.includes(name))).toEqual([]);
    },
  );
});
