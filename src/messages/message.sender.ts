import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { isWaking, nextWaking } from '../shared/clock/waking-hours.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { Database } from '../shared/database/database.js';
import type { JobControl, JobPayload } from '../shared/jobs/job.js';
import { JobRunner } from '../shared/jobs/job.runner.js';
import { CallList } from './calls/call-list.js';
import { MessageGateway } from './message-gateway.js';
import type { Channel, MessageState } from './message.js';
import { SEND_ATTEMPTS, SEND_KIND } from './message.queue.js';

const READ = `
  SELECT id, recipient, channel, subject, body, kept_body AS "keptBody", state, stale_at AS "staleAt", sends_again AS "sendsAgain",
         send_after AS "sendAfter", is_urgent AS "isUrgent", call_list_id IS NOT NULL AS "hasCall"
    FROM message
   WHERE id = $1`;

const HAND_OVER = `
  UPDATE message SET state = 'handed', handed_at = $2, error = NULL WHERE id = $1 AND state IN ('queued', 'handed')`;
const SETTLE = `
  UPDATE message SET state = $2, settled_at = $3, error = $4, body = coalesce($5, body)
   WHERE id = $1 AND state IN ('queued', 'handed')`;
const HOLD = `UPDATE message SET state = 'queued', handed_at = NULL, send_after = $2 WHERE id = $1 AND state IN ('queued', 'handed')`;
const WAIT = `UPDATE message SET state = 'queued', handed_at = NULL, error = $2 WHERE id = $1 AND state IN ('queued', 'handed')`;

interface MessageRow {
  id: string;
  recipient: string;
  channel: Channel;
  subject: string | null;
  body: string;
  keptBody: string | null;
  state: MessageState;
  staleAt: Date | null;
  sendsAgain: boolean;
  /** The end of the quiet hours in which it was written. */
  sendAfter: Date | null;
  /** Rings at any hour. */
  isUrgent: boolean;
  /** Somebody is called when it is not delivered. */
  hasCall: boolean;
}

/** The gateway did not take the message this time; the job tries again. */
class NotTaken extends Error {}

/** Hands one message to the gateway and writes down what became of it. */
@Injectable()
export class MessageSender implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly gateway: MessageGateway,
    private readonly runner: JobRunner,
    private readonly calls: CallList,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: SEND_KIND, run: (payload, control) => this.send(payload, control) });
  }

  private async send(payload: JobPayload, control: JobControl): Promise<void> {
    const message = await this.db.readOne<MessageRow>('message.toSend', READ, [payload['messageId']]);
    if (!message || !['queued', 'handed'].includes(message.state)) return;
    // Too early, whatever rang: the sweep finds it when its time has come.
    if (message.sendAfter && message.sendAfter > this.clock.now()) return;
    // Handed over by an attempt that never came back: it may have arrived.
    if (message.state === 'handed' && !message.sendsAgain) return this.settle(message, 'unknown', 'crashed');
    if (message.staleAt && message.staleAt < this.clock.now()) return this.settle(message, 'failed', 'stale');
    if (!this.gateway.channels.includes(message.channel)) return this.wait(message, 'no-gateway');
    // Written by day, and late on its way: the night has come.
    if (message.channel === 'sms' && !message.isUrgent && !isWaking(this.clock.now(), DEFAULT_ZONE))
      return this.hold(message);
    await this.handOver(message, control);
  }

  private async handOver(message: MessageRow, control: JobControl): Promise<void> {
    await this.db.write('message.handOver', HAND_OVER, [message.id, this.clock.now()]);
    const { id, recipient: to, channel, subject, body: text } = message;
    const delivery = await this.gateway.deliver({ id, to, channel, subject, text });
    if (delivery.outcome === 'taken') return this.settle(message, 'sent', null);
    const isLast = control.attempt >= SEND_ATTEMPTS;
    if (delivery.outcome === 'unanswered') {
      if (!message.sendsAgain || isLast) return this.settle(message, 'unknown', delivery.reason);
      throw new NotTaken(delivery.reason);
    }
    if (delivery.forEver || isLast) return this.settle(message, 'failed', delivery.reason);
    await this.wait(message, delivery.reason);
    throw new NotTaken(delivery.reason);
  }

  private async settle(message: MessageRow, state: MessageState, error: string | null): Promise<void> {
    const kept = this.gateway.forgetsSecrets ? message.keptBody : null;
    const values = [message.id, state, this.clock.now(), error, kept];
    if (!message.hasCall) {
      await this.db.write('message.settle', SETTLE, values);
      return;
    }
    await this.db.transaction(async () => {
      const settled = await this.db.write('message.settle', SETTLE, values);
      if (settled > 0) await this.calls.settled(message.id);
    });
  }

  private async hold({ id }: MessageRow): Promise<void> {
    const until = nextWaking(this.clock.now(), DEFAULT_ZONE);
    await this.db.write('message.hold', HOLD, [id, until]);
  }

  private async wait(message: MessageRow, reason: string): Promise<void> {
    await this.db.write('message.wait', WAIT, [message.id, reason]);
  }
}
