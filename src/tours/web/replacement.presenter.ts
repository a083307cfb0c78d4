import { formatDay, formatTimeRange } from '../../shared/clock/format-date.js';
import { cityBySlug, placeName } from '../../shared/geography/geography.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { Listed, WhyNot } from '../replacement/candidate.js';
import type { Replacements } from '../replacement/replacement.service.js';
import type { ReplacementsDto } from './replacement.dto.js';

function cityWords(slug: string | null, locale: Locale): string {
  const city = slug === null ? undefined : cityBySlug(slug);
  return city ? placeName(city.name, locale) : t(locale, 'tours:replace.elsewhere');
}

/** Where they come from or go to is not the reader's to know: minutes would tell. */
const isHidden = (why: WhyNot): boolean =>
  (why.code === 'cannot-arrive' && why.from === null) || (why.code === 'cannot-go-on' && why.to === null);

/** Why somebody cannot step in, as a sentence. */
export function describeWhyNot(why: WhyNot, locale: Locale): string {
  const words = (key: string, values: Record<string, string | number> = {}): string =>
    t(locale, `tours:replace.why.${key}`, values);
  switch (why.code) {
    case 'not-qualified':
    case 'start-unknown':
      return words(why.code);
    case 'day-off':
      return words(why.code, { day: formatDay(why.date, locale) });
    case 'busy':
      return words(why.code, {
        day: formatDay(why.date, locale),
        hours: formatTimeRange(why.from, why.to, locale),
      });
    case 'road-unknown':
      return words(why.code, { from: cityWords(why.from, locale), to: cityWords(why.to, locale) });
    case 'cannot-arrive':
    case 'cannot-go-on': {
      const { needed, available, estimated } = why;
      if (isHidden(why)) return words('elsewhere');
      const city = cityWords(why.code === 'cannot-arrive' ? why.from : why.to, locale);
      const minutes = t(locale, estimated ? 'tours:replace.estimated' : 'tours:replace.minutes', {
        count: needed,
      });
      return words(why.code, { city, needed: minutes, available });
    }
  }
}

/** The road of somebody who can step in, as a sentence. */
export function describeRoad(
  { addedMinutes, estimated, from, isFromHome }: Listed,
  isRemote: boolean,
  locale: Locale,
): string {
  if (isRemote) return t(locale, 'tours:replace.noRoad');
  const minutes = t(locale, estimated ? 'tours:replace.estimated' : 'tours:replace.minutes', {
    count: addedMinutes,
  });
  const key = isFromHome ? 'tours:replace.fromHome' : 'tours:replace.fromClass';
  return t(locale, key, { city: cityWords(from, locale), minutes });
}

/** The same for programs. */
export function presentReplacements(
  { session, trainer, listed, notListed }: Replacements,
  locale: Locale,
): ReplacementsDto {
  return {
    revision: session.revision,
    trainer,
    candidates: listed,
    notListed: notListed.map(({ id, name, why }) => ({
      id,
      name,
      why: why.map((one) => ({
        code: one.code,
        detail: describeWhyNot(one, locale),
        ...('needed' in one && !isHidden(one) ? { needed: one.needed, available: one.available } : {}),
      })),
    })),
  };
}
