import { type Locale, t } from '../../shared/i18n/i18n.js';
import { clockTime } from '../film-probe.js';
import { isWorthAnotherTry } from '../film.errors.js';
import type { FilmState } from '../films.service.js';
import type { FilmDto } from './film.dto.js';

/** A film as programs read it, its failure in the reader's words. */
export function presentFilm({ state, done, total, failure }: FilmState, locale: Locale): FilmDto {
  if (!failure) return { state, done, total };
  const { code, params } = failure;
  const title = t(locale, `errors:${code}.title`, params);
  const detail = t(locale, `errors:${code}.detail`, params);
  return { state, done, total, failure: { code, title, detail, again: isWorthAnotherTry(code) } };
}

/** A film as the partial `film-state` shows it; `page` is the address of the page it stands on. */
export function presentFilmState(film: FilmState, locale: Locale, page: string): object {
  const { state, done, total, failure } = presentFilm(film, locale);
  const params = { done: clockTime(done), total: clockTime(total) };
  return {
    page,
    upload: film.uploadId,
    isPlaced: state === 'placed',
    ...(state === 'working'
      ? {
          working: {
            events: `/api/v1/films/${film.uploadId}/events`,
            percent: total === 0 ? 0 : Math.floor((100 * done) / total),
            text: total === 0 ? t(locale, 'video:film.looking') : t(locale, 'video:film.progress', params),
          },
        }
      : {}),
    ...(failure ? { failure, again: `/${locale}/staff/films/${film.uploadId}/again` } : {}),
  };
}
