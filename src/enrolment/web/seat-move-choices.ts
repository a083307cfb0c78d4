import { Injectable } from '@nestjs/common';
import { handlesSeats } from '../enrolment.policy.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { SessionQuery, type SessionRow } from '../../tours/public.js';
import type { MoveForm } from './seat-move-form.js';
import { MOST_CHOSEN } from './seat-move.dto.js';
import { sessionChoice } from './seat-move.view.js';
import { SessionDesk, sessionWords } from './session-desk.js';

/** Sessions to choose from; far above any campaign's that are still to come. */
const MOST_SESSIONS = 500;

/** What the form offers: the other sessions to come, and the people. */
@Injectable()
export class SeatMoveChoices {
  constructor(
    private readonly sessions: SessionQuery,
    private readonly desk: SessionDesk,
    private readonly clock: Clock,
  ) {}

  async model(actor: StaffActor, row: SessionRow, form: MoveForm, locale: Locale): Promise<object> {
    const others = (await this.toCome(actor, row)).map((one) => sessionChoice(one, locale));
    const { items, next } = await this.desk.concerned(row, { limit: MOST_CHOSEN }, locale);
    const chosen = new Set(form.people);
    return {
      session: sessionWords(row, locale),
      sessionHref: `/${locale}/staff/sessions/${row.id}`,
      action: `/${locale}/staff/sessions/${row.id}/move`,
      form,
      sessions: others.length > 0 ? [{ value: '', label: '–' }, ...others] : [],
      who: (next === null ? ['all', 'booked', 'queue', 'some'] : ['all', 'booked', 'queue']).map((value) => ({
        value,
        label: t(locale, `enrolment:move.${value}`),
      })),
      people: next === null ? items.map((one) => personOf(one, chosen, locale)) : [],
      picksOne: form.who === 'some',
      count: items.length,
      most: next === null ? 0 : MOST_CHOSEN,
      full: [
        { value: 'stay', label: t(locale, 'enrolment:move.stay') },
        {
          value: 'wait',
          label: t(locale, 'enrolment:move.wait'),
          hint: t(locale, 'enrolment:move.waitHint'),
        },
      ],
    };
  }

  /** Those of the same course first, each in the order of time. */
  private async toCome(actor: StaffActor, row: SessionRow): Promise<SessionRow[]> {
    const now = this.clock.now();
    const all = await this.sessions.ofCampaign({ campaignId: row.campaignId }, undefined, MOST_SESSIONS);
    const open = all.filter(
      (one) =>
        one.id !== row.id && one.status === 'planned' && one.startsAt > now && handlesSeats(actor, one),
    );
    const isSame = (one: SessionRow): boolean => one.course.id === row.course.id;
    return [...open.filter(isSame), ...open.filter((one) => !isSame(one))];
  }
}

function personOf(
  { enrolmentId, name, status }: { enrolmentId: string; name: string; status: string },
  chosen: ReadonlySet<string>,
  locale: Locale,
) {
  return {
    id: enrolmentId,
    name,
    state: t(locale, `enrolment:state.${status}`),
    checked: chosen.has(enrolmentId),
  };
}
