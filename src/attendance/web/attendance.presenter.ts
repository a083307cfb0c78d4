import { formatDay } from '../../shared/clock/format-date.js';
import { cityBySlug, placeName } from '../../shared/geography/geography.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { Flag, Review, ReviewFacts } from '../attendance-event.js';
import type { BatchAnswer } from '../attendance.service.js';
import type { BatchAnswerDto } from './attendance.dto.js';

/** Why an event waits for a person, in words. */
export function reviewDetail(why: Review | Flag, facts: ReviewFacts, locale: Locale): string {
  if (facts['city'] === undefined) return t(locale, `attendance:review.${why}`);
  const city = cityBySlug(String(facts['city']));
  const date = String(facts['date'] ?? '');
  return t(locale, `attendance:review.${why}`, {
    city: city ? placeName(city.name, locale) : String(facts['city']),
    date: date === '' ? '' : formatDay(date, locale),
  });
}

export function presentAnswer(answer: BatchAnswer, locale: Locale): BatchAnswerDto {
  return {
    accepted: answer.accepted,
    duplicates: answer.duplicates,
    review: answer.review.map(({ id, why, counted, facts }) => ({
      id,
      why,
      counted,
      detail: reviewDetail(why, facts, locale),
    })),
  };
}
