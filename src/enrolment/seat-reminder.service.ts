import { Injectable } from '@nestjs/common';
import { CallList, MessageQueue } from '../messages/public.js';
import { PersonQuery } from '../people/public.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { MyEnrolmentsQuery } from './my-enrolments.query.js';
import { type DueReminder, dueReminder, LONGEST_REMINDER_MS, type ReminderStep } from './seat-reminder.js';
import { nobody } from './seat-receipt.service.js';
import { SeatReceiptComposer } from './seat-receipt.composer.js';

/** The two ways in which somebody hears of their seat. */
@Injectable()
export class SeatMessages {
  constructor(
    readonly queue: MessageQueue,
    readonly calls: CallList,
  ) {}
}

/** Sessions that begin soon, with the zone of their first half-day. */
const SOON = `
  SELECT s.id, lower(s.during) AS "startsAt", s.changed_at AS "changedAt",
         (SELECT u.zone FROM unit u WHERE u.session_id = s.id ORDER BY u.n LIMIT 1) AS zone
    FROM session s
   WHERE s.status = 'planned' AND s.during && tstzrange($1, $2) AND lower(s.during) > $1
   ORDER BY lower(s.during), s.id`;

const BATCH = 100;

// Whoever got the seat after its time has just read of it, and so has whoever was told of a change.
const TO_REMIND = `
  SELECT e.id
    FROM enrolment e
   WHERE e.session_id = $1 AND e.status = 'booked' AND e.untold IS NULL AND e.status_at < $2
     AND ($4::uuid IS NULL OR e.id > $4)
     AND NOT EXISTS (SELECT 1 FROM message m WHERE m.dedupe_key = 'reminder:' || e.id || $3)
     AND NOT EXISTS (SELECT 1 FROM call_line l WHERE l.dedupe_key = 'reminder-call:' || e.id || $5)
   ORDER BY e.id
   LIMIT ${BATCH}`;

// Asked whether they come on this day, and silent until the day before: somebody asks by telephone, once.
const TO_ASK = `
  SELECT e.id
    FROM enrolment e
   WHERE e.session_id = $1 AND e.status = 'booked' AND e.untold IS NULL AND e.confirmed_at IS NULL
     AND EXISTS (SELECT 1 FROM message m WHERE m.dedupe_key = 'reminder:' || e.id || $3)
     AND NOT EXISTS (SELECT 1 FROM call_line l WHERE l.dedupe_key = 'confirm-call:' || e.id || $2)
   ORDER BY e.id
   LIMIT ${BATCH}`;

interface Soon {
  id: string;
  startsAt: Date;
  changedAt: Date;
  zone: string;
}

/**
 * Reminds whoever has a seat: three days, a day and two hours before. Each is written once, whatever runs twice. Whoever
 * gets no SMS is called once in place of all of them; whoever has not said by the day before whether they come, too.
 */
@Injectable()
export class SeatReminderService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly enrolments: MyEnrolmentsQuery,
    private readonly people: PersonQuery,
    private readonly messages: SeatMessages,
    private readonly composer: SeatReceiptComposer,
  ) {}

  /** @returns how many reminders were written */
  async remindAll(): Promise<number> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + LONGEST_REMINDER_MS);
    let written = 0;
    for (const session of await this.db.read<Soon>('reminder.soon', SOON, [now, until])) {
      const due = dueReminder(now, session.startsAt, session.zone);
      // What people were told of the change holds all that this reminder would say.
      if (due && session.changedAt <= due.due) written += await this.remind(session, due);
    }
    return written;
  }

  private async remind(session: Soon, due: DueReminder): Promise<number> {
    const key = keyOf(due.step, session);
    let written = 0;
    for (let last: string | null = null; ;) {
      const values: unknown[] = [session.id, due.due, key, last, of(session)];
      const ids: string[] = (await this.db.read<{ id: string }>('reminder.toRemind', TO_REMIND, values)).map(
        ({ id }) => id,
      );
      if (ids.length > 0) written += await this.db.transaction(() => this.write(ids, due, session));
      if (ids.length < BATCH) break;
      last = ids.at(-1) ?? null;
    }
    if (due.step !== 'three-days') await this.ask(session);
    return written;
  }

  /** Puts those who have not said whether they come on the list of calls. */
  private async ask(session: Soon): Promise<void> {
    for (let found = BATCH; found === BATCH;) {
      const values = [session.id, of(session), keyOf('three-days', session)];
      const rows = await this.db.read<{ id: string }>('reminder.toAsk', TO_ASK, values);
      found = rows.length;
      if (found > 0)
        await this.db.transaction(() =>
          this.askThese(
            rows.map(({ id }) => id),
            session,
          ),
        );
    }
  }

  private async askThese(ids: readonly string[], session: Soon): Promise<void> {
    const rows = await this.enrolments.byIds(ids);
    const contacts = await this.people.contacts(rows.map(({ personId }) => personId));
    for (const row of rows) {
      // The seat may have gone since it was read.
      if (row.enrolmentStatus !== 'booked') continue;
      const contact = contacts.get(row.personId) ?? nobody(row);
      const call = this.composer.call(row, contact);
      const key = `confirm-call:${row.enrolmentId}${of(session)}`;
      if (call) await this.messages.calls.add({ ...call, why: 'unanswered', dedupeKey: key });
    }
  }

  private async write(
    ids: readonly string[],
    { step, staleAt }: DueReminder,
    session: Soon,
  ): Promise<number> {
    const key = keyOf(step, session);
    const rows = await this.enrolments.byIds(ids);
    const contacts = await this.people.contacts(rows.map(({ personId }) => personId));
    let written = 0;
    for (const row of rows) {
      const contact = contacts.get(row.personId);
      // The seat may have gone, or the session moved, since it was read.
      if (row.enrolmentStatus !== 'booked') continue;
      if (!contact?.canSms) {
        const call = this.composer.call(row, contact ?? nobody(row));
        const once = `reminder-call:${row.enrolmentId}${of(session)}`;
        if (call) await this.messages.calls.add({ ...call, why: 'no-sms', dedupeKey: once });
        continue;
      }
      const message = await this.composer.remind(row, step, contact);
      if (!message) continue;
      await this.messages.queue.send({ ...message, dedupeKey: `reminder:${row.enrolmentId}${key}`, staleAt });
      written += 1;
    }
    return written;
  }
}

/** A session that moves has reminders of its own. */
const of = ({ startsAt }: Soon): string => `:${startsAt.toISOString()}`;
const keyOf = (step: ReminderStep, session: Soon): string => `:${step}${of(session)}`;
