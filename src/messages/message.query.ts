import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { CallOutcome } from './calls/call-line.js';
import type { Channel, MessageState, Way } from './message.js';

const OUTBOX_LENGTH = 200;

const OUTBOX = `
  SELECT recipient AS "to", channel, template, subject, body, created_at AS at
    FROM message
   WHERE recipient = $1 OR $1 IS NULL
   ORDER BY created_at DESC, id DESC
   LIMIT ${OUTBOX_LENGTH}`;

// A call in place of an SMS that could not even be written is one of the person's messages, too.
const OF_PERSON = `
  SELECT one.id, one.channel, one.template, one.body, one.state, one.error, one.at, one."sendAfter",
         l.outcome, l.called_at AS "calledAt"
    FROM (SELECT m.id, m.channel, m.template, coalesce(m.kept_body, m.body) AS body, m.state, m.error, m.created_at AS at,
                 CASE WHEN m.state = 'queued' THEN m.send_after END AS "sendAfter",
                 (SELECT c.id FROM call_line c WHERE c.message_id = m.id) AS line_id
            FROM message m
           WHERE m.person_id = $1 AND ($2::uuid IS NULL OR m.id < $2)
          UNION ALL
          SELECT c.id, 'call', c.template, c.body,
                 CASE WHEN c.outcome = 'reached' THEN 'sent' WHEN c.outcome = 'wrong-number' THEN 'failed' ELSE 'queued' END,
                 CASE WHEN c.outcome IS NULL THEN c.why END, c.caused_at, NULL, c.id
            FROM call_line c
           WHERE c.person_id = $1 AND c.message_id IS NULL AND ($2::uuid IS NULL OR c.id < $2)) one
    LEFT JOIN call_line l ON l.id = one.line_id
   ORDER BY one.id DESC
   LIMIT $3`;

/** One message as the outbox of the demo shows it. */
export interface OutboxLine {
  to: string;
  channel: Channel;
  template: string;
  /** Of an e-mail. */
  subject: string | null;
  body: string;
  at: Date;
}

/** One message as its person sees it: codes are stars. */
export interface PersonMessage {
  id: string;
  channel: Way;
  template: string;
  body: string;
  state: MessageState;
  error: string | null;
  at: Date;
  /** Written in quiet hours: it rings from then on. */
  sendAfter: Date | null;
  /** What came of the last call, where somebody called. */
  outcome: CallOutcome | null;
  calledAt: Date | null;
}

/** What was written, newest first. */
@Injectable()
export class MessageQuery {
  constructor(private readonly db: Database) {}

  /** @param to recipient; undefined for everybody's */
  outbox(to?: string): Promise<OutboxLine[]> {
    return this.db.read<OutboxLine>('message.outbox', OUTBOX, [to ?? null]);
  }

  /** @param before id of the last message already shown */
  ofPerson(personId: string, limit: number, before?: string): Promise<PersonMessage[]> {
    return this.db.read<PersonMessage>('message.ofPerson', OF_PERSON, [personId, before ?? null, limit]);
  }
}
