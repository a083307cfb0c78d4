import type { CourseChange } from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { CourseChangeDto } from './course-version.dto.js';
import { Reader } from './reader.js';

/** A change in a sentence of the reader's language. */
export function presentChange(change: CourseChange, locale: Locale): CourseChangeDto {
  const { kind, part, module, block, newVideo } = change;
  const reader = new Reader(locale);
  const title = block?.title ?? module?.title;
  const key = newVideo ? 'learning:changes.newVideo' : `learning:changes.${part}.${kind}`;
  const what = block ? t(locale, `learning:changes.kindOf.${block.kind}`) : '';
  const text = t(locale, key, {
    what,
    title: title ? reader.plain(title) : '',
    module: module ? reader.plain(module.title) : '',
  });
  return {
    ...{ kind, part, text },
    ...(module ? { module: module.slug } : {}),
    ...(block ? { block: block.id } : {}),
    ...(newVideo ? { newVideo } : {}),
  };
}
