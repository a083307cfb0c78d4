import { isLocalDate } from '../../shared/clock/local-date.js';
import { toAsciiDigits } from '../../shared/text/digits.js';

const YEAR_FIRST = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ].*)?$/;
const DAY_FIRST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: .*)?$/;
const LAST_MONTH = 12;

/** A day that was read, `YYYY-MM-DD`, or the code of what is wrong with it. */
export type ReadDay = { value: string; problem?: undefined } | { problem: 'not-a-date' | 'day-order' };

/** The day of a cell: year first, or day, month and year as it is written here; a month before the day is no guess. */
export function readDay(cell: string): ReadDay {
  const written = toAsciiDigits(cell)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const first = YEAR_FIRST.exec(written);
  const last = DAY_FIRST.exec(written);
  const [year = '', month = '', day = ''] = first ? first.slice(1) : last ? [last[3], last[2], last[1]] : [];
  if (last && Number(month) > LAST_MONTH && Number(day) <= LAST_MONTH) return { problem: 'day-order' };
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(value) ? { value } : { problem: 'not-a-date' };
}
