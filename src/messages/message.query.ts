import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Channel, MessageState } from './message.js';

const OUTBOX_LENGTH = 200;

const OUTBOX = `
  SELECT recipient AS "to", channel, template, body, created_at AS at
    FROM message
   WHERE recipient = $1 OR $1 IS NULL
   ORDER BY created_at DESC, id DESC
   LIMIT ${OUTBOX_LENGTH}`;

const OF_PERSON = `
  SELECT id, channel, template, coalesce(kept_body, body) AS body, state, error, created_at AS at
    FROM message
   WHERE person_id = $1
     AND ($2::uuid IS NULL OR id < $2)
   ORDER BY id DESC
   LIMIT $3`;

/** One message as the outbox of the demo shows it. */
export interface OutboxLine {
  to: string;
  channel: Channel;
  template: string;
  body: string;
  at: Date;
}

/** One message as its person sees it: codes are stars. */
export interface PersonMessage {
  id: string;
  channel: Channel;
  template: string;
  body: string;
  state: MessageState;
  error: string | null;
  at: Date;
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
