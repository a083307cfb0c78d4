import { DomainError, type Facts } from '../../shared/errors/domain-error.js';
import { formatDay, formatPageRange } from '../../shared/clock/format-date.js';
import { cityBySlug, placeName } from '../../shared/geography/geography.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import { inLanguage } from '../../campaigns/public.js';
import type { HardClash, SessionClash } from '../session.errors.js';
import type { SoftClash } from '../soft-clash.js';

/** What is taken, in one phrase; of another organisation's session only that the time is. */
export function describeClash(clash: HardClash, locale: Locale): string {
  const { localDate, localStart, localEnd, other, resource, people } = clash;
  const hours = `${localStart}–${localEnd}`;
  if (!other) return t(locale, 'tours:clash.busy', { hours });
  const when = `${formatDay(localDate, locale)} ${hours}`;
  const city = inLanguage(other.city.name, locale);
  if (clash.kind === 'person') return t(locale, 'tours:clash.people', { count: people, city, when });
  return t(locale, 'tours:clash.with', {
    name: resource ? inLanguage(resource.name, locale) : '',
    city,
    when,
  });
}

function cityName(slug: string | number | undefined, locale: Locale): string {
  const city = cityBySlug(String(slug));
  return city ? placeName(city.name, locale) : String(slug);
}

/** The sentence of a soft clash: what is unusual, so that the reason can answer it. */
export function describeSoft({ code, params }: SoftClash, locale: Locale): string {
  const date = params['date'] === undefined ? '' : formatDay(String(params['date']), locale);
  const hours = (minutes: string | number | undefined): string => formatNumber(Number(minutes) / 60, locale);
  switch (code) {
    case 'leg-too-short':
      return t(
        locale,
        params['estimated'] ? 'tours:soft.leg-too-short-estimated' : 'tours:soft.leg-too-short',
        {
          ...params,
          date,
          from: cityName(params['from'], locale),
          to: cityName(params['to'], locale),
        },
      );
    case 'trainer-day-too-long':
      return t(locale, 'tours:soft.trainer-day-too-long', {
        trainer: params['trainer'],
        date,
        hours: hours(params['minutes']),
        limit: hours(params['limit']),
      });
    case 'trainer-day-off':
      return t(locale, 'tours:soft.trainer-day-off', { trainer: params['trainer'], date });
    case 'friday-prayer':
      return t(locale, 'tours:soft.friday-prayer', { date });
    case 'public-holiday':
      return t(locale, 'tours:soft.public-holiday', {
        date,
        holiday: t(locale, `tours:holiday.${String(params['holiday'])}`),
      });
    case 'room-too-small':
      return t(locale, 'tours:soft.room-too-small', params);
    case 'overbooked':
      return t(locale, 'tours:soft.overbooked', params);
  }
}

/** When a unit is, as people read it. */
export function describeUnit(
  unit: { localDate: string; localStart: string; localEnd: string },
  locale: Locale,
): string {
  const comma = locale === 'ar' ? '، ' : ', ';
  return [formatDay(unit.localDate, locale), formatPageRange(unit.localStart, unit.localEnd, locale)].join(
    comma,
  );
}

/** A clash with its words in the reader's language, as the problem of an API answer. */
export class ClashProblem extends DomainError {
  readonly kind = 'conflict';
  readonly code: string;
  override readonly facts: Facts;

  constructor({ code, clashes, soft }: SessionClash, locale: Locale) {
    super('Clashes');
    this.code = code;
    this.facts = {
      clashes: clashes.map((clash) => ({
        kind: clash.kind,
        ...(clash.other ? { sessionId: clash.other.id, link: `/staff/sessions/${clash.other.id}` } : {}),
        with: describeClash(clash, locale),
      })),
      soft: soft.map((clash) => ({ ...clash, detail: describeSoft(clash, locale) })),
    };
  }
}
