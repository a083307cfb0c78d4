import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { isWaking, nextWaking } from '../shared/clock/waking-hours.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { Database } from '../shared/database/database.js';
import { JobQueue } from '../shared/jobs/job.queue.js';
import type { Params } from '../shared/i18n/i18n.js';
import { newId } from '../shared/new-id.js';
import { formatPhone } from '../shared/web/handlebars/phone-text.js';
import { SUPPORT_PHONE } from '../shared/web/page-renderer.js';
import { mailSubject, messageText, withoutSecrets } from './message-text.js';
import type { NewMessage } from './message.js';

/** Kind of the job that hands one message to the gateway. */
export const SEND_KIND = 'messages.send';
/** Attempts before a message that the gateway keeps refusing is given up. */
export const SEND_ATTEMPTS = 8;

const INSERT = `
  INSERT INTO message (id, organisation_id, person_id, recipient, channel, template, language, body, kept_body, state,
                       dedupe_key, created_at, stale_at, sends_again, call_list_id, call_about_id, call_body, subject, is_urgent, send_after)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
  ON CONFLICT (dedupe_key) DO NOTHING`;

const WITHDRAW = `
  UPDATE message SET state = 'failed', error = 'stale', settled_at = $3
   WHERE person_id = ANY($1::uuid[]) AND state = 'queued' AND dedupe_key LIKE ANY($2::text[])`;

const BY_KEY = `SELECT id FROM message WHERE dedupe_key = $1`;

/** Writes messages into the transaction of the deed they tell of; a job sends them afterwards. */
@Injectable()
export class MessageQueue {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** @returns the message's id: an older one's when the same key was already written */
  async send(message: NewMessage): Promise<string> {
    const id = newId();
    const sendAfter = this.heldUntil(message);
    const written = await this.db.write('message.insert', INSERT, [
      id,
      ...this.row(message),
      sendAfter ?? null,
    ]);
    if (written === 0) {
      const known = await this.db.readOne<{ id: string }>('message.byKey', BY_KEY, [message.dedupeKey]);
      return known?.id ?? id;
    }
    await this.jobs.enqueue({
      kind: SEND_KIND,
      payload: { messageId: id },
      dedupeKey: id,
      maxAttempts: SEND_ATTEMPTS,
      ...(sendAfter ? { runAfter: sendAfter } : {}),
    });
    return id;
  }

  /**
   * What still waits and is true no more is not sent.
   *
   * @param prefixes of dedupe keys, without the signs that LIKE knows
   */
  async withdraw(personIds: readonly string[], prefixes: readonly string[]): Promise<void> {
    if (prefixes.length === 0) return;
    const values = [personIds, prefixes.map((prefix) => `${prefix}%`), this.clock.now()];
    await this.db.write('message.withdraw', WITHDRAW, values);
  }

  /** The text as it would be sent. */
  textOf({ template, channel, language, values }: NewMessage): string {
    return messageText(template, channel, language, withHelp(values));
  }

  /** The end of the quiet hours, for what does not ring in them; an e-mail wakes nobody. */
  private heldUntil({ isUrgent, channel }: NewMessage): Date | undefined {
    const now = this.clock.now();
    if (isUrgent || channel !== 'sms' || isWaking(now, DEFAULT_ZONE)) return undefined;
    return nextWaking(now, DEFAULT_ZONE);
  }

  private row(message: NewMessage): unknown[] {
    const { template, channel, language, secrets } = message;
    const values = withHelp(message.values);
    return [
      message.organisationId ?? null,
      message.personId ?? null,
      message.recipient,
      channel,
      template,
      language,
      this.textOf(message),
      secrets?.length ? messageText(template, channel, language, withoutSecrets(values, secrets)) : null,
      message.dedupeKey,
      this.clock.now(),
      message.staleAt ?? null,
      message.sendsAgain ?? false,
      message.orCall?.listId ?? null,
      message.orCall?.aboutId ?? null,
      message.orCall?.body ?? null,
      channel === 'email' ? mailSubject(template, language, values) : null,
      message.isUrgent ?? false,
    ];
  }
}

function withHelp(values: NewMessage['values']): Params {
  return { help: formatPhone(SUPPORT_PHONE), ...values };
}
