import { extname } from 'node:path';
import type { AudioBlock, FileBlock, PublishedModule } from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatFile } from '../../shared/web/format-size.js';
import type { Reader } from './reader.js';

/** A document of a lesson: a link for each file, the reader's language first, with what it is and how heavy. */
export function presentLessonFile(block: FileBlock, module: PublishedModule, reader: Reader): object {
  const { locale } = reader;
  const files = filesOf(block).sort((a, b) => Number(b.lang === locale) - Number(a.lang === locale));
  return {
    id: block.id,
    title: reader.shown(block.title),
    ...(block.description ? { description: reader.shown(block.description) } : {}),
    files: files.map(({ lang, file, bytes }) => ({
      href: `${module.attachmentsBase}/${file}`,
      label: lang === undefined ? t(locale, 'learning:lesson.download') : inLanguage(lang, locale),
      ...(lang === undefined ? {} : { lang }),
      what: formatFile(file, bytes, locale),
    })),
  };
}

/** The files of a block in the order of the languages; without a language the one for everybody. */
export function filesOf({ files }: FileBlock) {
  return (['any', 'fr', 'ar', 'en'] as const).flatMap((lang) => {
    const found = files[lang];
    return found ? [{ ...found, lang: lang === 'any' ? undefined : lang }] : [];
  });
}

/** The recordings of a block in the order people speak the languages. */
export function soundsOf({ audio }: AudioBlock) {
  return (['ary', 'rif', 'ar', 'fr', 'zgh'] as const).flatMap((lang) => {
    const found = audio[lang];
    return found ? [{ ...found, lang }] : [];
  });
}

/** `PDF`, `XLSX`: what the name ends with, which was held against the content. */
export function typeOf(file: string): string {
  return extname(file).slice(1).toUpperCase();
}

function inLanguage(lang: string, locale: Locale): string {
  return t(locale, 'learning:lesson.downloadIn', { language: t(locale, `learning:languageOf.${lang}`) });
}
