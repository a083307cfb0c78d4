import { formatDay, formatTime } from '../shared/clock/format-date.js';
import { wallTimeOf } from '../shared/clock/wall-time.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { type Call, phaseOf } from './call.js';
import { CallClosed, CallNotOpen } from './call.errors.js';
import { NotFound } from '../shared/errors/domain-error.js';

/** `15/12/2026 18:00:00` by the clocks of the call's zone: read the same in every language. */
export function toTheSecond(at: Date, zone: string): string {
  const { localDate, localTime } = wallTimeOf(at, zone);
  const seconds = String(at.getUTCSeconds()).padStart(2, '0');
  return `${localDate.split('-').reverse().join('/')} ${localTime}:${seconds}`;
}

/** @throws NotFound for a draft, CallNotOpen, CallClosed */
export function assertTakes(call: Call, at: Date): void {
  switch (phaseOf(call, at)) {
    case 'draft':
      throw new NotFound('call');
    case 'soon':
      throw new CallNotOpen(call.opensAt, toTheSecond(call.opensAt, call.zone));
    case 'closed':
      throw new CallClosed(call.closesAt, toTheSecond(call.closesAt, call.zone));
    case 'open':
  }
}

/** `mardi 15 décembre 2026, 18 h`: an instant of a call as its readers say it. */
export function momentWords(at: Date, zone: string, locale: Locale): { day: string; time: string } {
  const { localDate, localTime } = wallTimeOf(at, zone);
  return { day: formatDay(localDate, locale), time: formatTime(localTime, locale) };
}
