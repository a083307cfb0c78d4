import { Injectable } from '@nestjs/common';
import { inLanguage } from '../../campaigns/public.js';
import { CallList, type CallFilter, type CallLine, type CallProgress } from '../../messages/public.js';
import { displayName, PersonQuery } from '../../people/public.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { formatDay } from '../../shared/clock/format-date.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type Page, pageOf, readCursor } from '../../shared/paging/cursor.js';
import { SessionQuery, type SessionRow } from '../../tours/public.js';
import type { EnrolmentStatus } from '../enrolment-status.js';
import { type Confirmation, confirmationOf } from '../confirmation.js';
import { handlesSeats } from '../enrolment.policy.js';
import { ToldQuery } from '../told.query.js';

/** Somebody whom a change of the session concerns. */
export interface Concerned {
  enrolmentId: string;
  name: string;
  status: EnrolmentStatus;
  /** Null for somebody without any number. */
  language: Locale | null;
  way: 'sms' | 'call';
  /** Whether they said that they come; from the day before, that nobody knows yet. */
  confirmation: Confirmation | null;
}

/** A line of the call list with the person's name in the reader's language. */
export type NamedCall = CallLine & { name: string };

/** A session's people for those who handle its seats, with their names; to all others there is no such session. */
@Injectable()
export class SessionDesk {
  constructor(
    private readonly sessions: SessionQuery,
    private readonly told: ToldQuery,
    private readonly people: PersonQuery,
    private readonly calls: CallList,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async session(actor: StaffActor, id: string): Promise<SessionRow> {
    const row = await this.sessions.get(id);
    if (!handlesSeats(actor, row)) throw new NotFound('session');
    return row;
  }

  /** @throws InvalidFields for a cursor that is none */
  async concerned(
    { id, startsAt }: SessionRow,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
    locale: Locale,
  ): Promise<Page<Concerned>> {
    const rows = await this.told.page(id, readCursor(cursor), limit);
    const { items, next } = pageOf(rows, limit, (row) => ({ at: row.enrolledAt, id: row.enrolmentId }));
    const ids = items.map(({ personId }) => personId);
    const contacts = await this.people.contacts(ids);
    const names = await this.names(ids, locale);
    const now = this.clock.now();
    return {
      next,
      items: items.map((seat) => {
        const { enrolmentId, personId, enrolmentStatus: status } = seat;
        const contact = contacts.get(personId);
        const way = contact?.canSms ? 'sms' : 'call';
        const confirmation = confirmationOf(seat, startsAt, now);
        const language = contact?.language ?? null;
        return { enrolmentId, name: names(personId), status, language, way, confirmation };
      }),
    };
  }

  /** @throws InvalidFields for a cursor that is none */
  async callList(
    { id }: SessionRow,
    { show, cursor, limit }: { show: CallFilter; cursor?: string | undefined; limit: number },
    locale: Locale,
  ): Promise<Page<NamedCall> & { progress: CallProgress }> {
    const rows = await this.calls.page(id, show, readCursor(cursor), limit);
    const { items, next } = pageOf(rows, limit, (row) => ({ at: row.causedAt, id: row.id }));
    const names = await this.names(
      items.map(({ personId }) => personId),
      locale,
    );
    const progress = await this.calls.progress(id);
    return { progress, next, items: items.map((line) => ({ ...line, name: names(line.personId) })) };
  }

  private async names(ids: readonly string[], locale: Locale): Promise<(personId: string) => string> {
    const names = await this.people.names(ids);
    return (personId) => {
      const name = names.get(personId);
      return name ? displayName(name, locale) : '';
    };
  }
}

/** `Vente en ligne à Tétouan, mardi 15 décembre 2026` */
export function sessionWords(row: SessionRow, locale: Locale): string {
  const title = t(locale, 'tours:session.title', {
    course: inLanguage(row.course.title, locale),
    city: inLanguage(row.cityName, locale),
  });
  const day = row.units[0]?.localDate;
  return day ? `${title} · ${formatDay(day, locale)}` : title;
}
