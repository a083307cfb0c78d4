import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { calendarFile } from './calendar-file.js';
import { FeedQuery } from './feed.query.js';
import { FeedToken } from './feed-token.js';

/** How long a half-day stays in a calendar after it is over. */
const KEPT_MS = 400 * 24 * 3600 * 1000;

/** What a calendar gets under a secret address. */
@Injectable()
export class CalendarReader {
  constructor(
    private readonly query: FeedQuery,
    private readonly token: FeedToken,
    private readonly clock: Clock,
  ) {}

  /** The calendar as iCalendar text. @throws NotFound for a token that is none, or no longer */
  async read(token: string): Promise<string> {
    const id = this.token.read(token);
    const now = this.clock.now();
    const feed = id === undefined ? undefined : await this.query.open(id, now);
    if (!feed) throw new NotFound('calendar');
    const since = new Date(now.getTime() - KEPT_MS);
    return calendarFile(feed, await this.query.sessions(feed, since), this.token.siteAddress());
  }
}
