import { DomainError, type FieldError } from '../errors/domain-error.js';

/** A date, time or zone that cannot be used. */
export abstract class WallTimeError extends DomainError {
  readonly kind = 'invalid';
  abstract override readonly code: string;

  constructor(
    message: string,
    override readonly params: Readonly<Record<string, string>>,
  ) {
    super(message);
  }

  /** The same refusal as an error of one field, for `InvalidFields`. @param pointer JSON pointer of the field */
  asField(pointer: string): FieldError {
    return { pointer, code: this.code, params: this.params };
  }
}

/** Not `YYYY-MM-DD`, not a day of the calendar, or outside the years we keep. */
export class InvalidLocalDate extends WallTimeError {
  readonly code = 'not-a-date';

  constructor(date: unknown) {
    super(`Not a date: ${shown(date)}`, { date: shown(date) });
  }
}

/** Not `HH:MM` between 00:00 and 23:59. */
export class InvalidLocalTime extends WallTimeError {
  readonly code = 'not-a-time';

  constructor(time: unknown) {
    super(`Not a time of day: ${shown(time)}`, { time: shown(time) });
  }
}

/** A name that the bundled zone data does not have, or has in another spelling. */
export class UnknownZone extends WallTimeError {
  readonly code = 'not-a-zone';

  constructor(zone: unknown) {
    super(`Not a zone: ${shown(zone)}`, { zone: shown(zone) });
  }
}

/** A wall time that the clocks of that zone jumped over: nobody can be there at that time. */
export class WallTimeSkipped extends WallTimeError {
  readonly code = 'wall-time-skipped';

  constructor(date: string, time: string, zone: string) {
    super(`The clocks of ${zone} skip ${date} ${time}`, { date, time, zone });
  }
}

/** A unit that does not end after it starts, on its own day. */
export class UnitEndsBeforeStart extends WallTimeError {
  readonly code = 'ends-before-start';

  constructor(localStart: string, localEnd: string) {
    super(`A unit ends after it starts: ${localStart} to ${localEnd}`, { localStart, localEnd });
  }
}

/** Input may be anything and of any length: an error stays one short line. */
function shown(value: unknown): string {
  return String(typeof value === 'string' ? value : typeof value).slice(0, 40);
}
