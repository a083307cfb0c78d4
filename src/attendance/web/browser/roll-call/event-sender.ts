import type { EventQueue, QueuedEvent } from './event-queue.js';
import { makeId } from './make-id.js';

/** What the page tells about the queue. */
export type QueueState = 'sent' | 'waiting' | 'signed-out' | 'refused';

export interface Review {
  id: string;
  detail: string;
}

interface Listener {
  changed(state: QueueState, waiting: number): void;
  reviewed(reviews: readonly Review[]): void;
}

const BATCH = 500;
const FIRST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;
const DEVICE = 'qafila-device';

function deviceId(): string {
  const known = localStorage.getItem(DEVICE);
  if (known) return known;
  const made = makeId();
  localStorage.setItem(DEVICE, made);
  return made;
}

/** Sends what waits, one batch at a time, and again after a pause while the network is away; nothing leaves the queue unanswered. */
export class EventSender {
  private running = false;
  private again = false;
  private waiting = 0;
  private pauseMs = FIRST_PAUSE_MS;
  private timer = 0;

  constructor(
    private readonly queue: EventQueue,
    private readonly csrf: string,
    private readonly locale: string,
    private readonly listener: Listener,
  ) {
    window.addEventListener('online', () => this.send());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.send();
    });
  }

  /** Sends what was just put in the queue. From this very moment the page no longer says that all is sent. */
  sendNew(): void {
    this.tell('waiting', this.waiting + 1);
    this.send();
  }

  /** Sends now, or right after the batch that is on its way. */
  send(): void {
    this.again = true;
    if (this.running) return;
    this.running = true;
    clearTimeout(this.timer);
    void this.drain();
  }

  private tell(state: QueueState, waiting: number): void {
    this.waiting = waiting;
    this.listener.changed(state, waiting);
  }

  private async drain(): Promise<void> {
    try {
      await this.sendAll();
    } finally {
      this.running = false;
    }
  }

  private async sendAll(): Promise<void> {
    while (this.again) {
      this.again = false;
      const waiting = await this.queue.all();
      if (waiting.length === 0) {
        // What was tapped while the queue was read is not sent yet.
        if (!this.again) this.tell('sent', 0);
        continue;
      }
      this.tell('waiting', waiting.length);
      const state = await this.post(waiting);
      if (state === 'sent') {
        this.pauseMs = FIRST_PAUSE_MS;
        this.again = true;
        continue;
      }
      this.tell(state, (await this.queue.all()).length);
      if (state === 'waiting') this.retry();
    }
  }

  private retry(): void {
    this.timer = window.setTimeout(() => this.send(), this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /** One batch of the session that has waited longest. */
  private async post(waiting: readonly QueuedEvent[]): Promise<QueueState> {
    const session = waiting[0]?.session;
    const batch = waiting.filter((entry) => entry.session === session).slice(0, BATCH);
    const body = {
      deviceId: deviceId(),
      sentAt: new Date().toISOString(),
      appVersion: 'roll-call-page',
      events: batch.map(({ event }) => event),
    };
    let response: Response;
    try {
      response = await fetch(`/api/v1/sessions/${session}/attendance`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'accept-language': this.locale,
          'x-csrf-token': this.csrf,
        },
        body: JSON.stringify(body),
      });
    } catch {
      return 'waiting';
    }
    if (!response.ok) return stateOf(response.status);
    const { review } = (await response.json()) as { review: Review[] };
    await this.queue.remove(batch.map(({ id }) => id));
    if (review.length > 0) this.listener.reviewed(review);
    return 'sent';
  }
}

function stateOf(status: number): QueueState {
  if (status === 401 || status === 403) return 'signed-out';
  return status >= 500 || status === 408 || status === 429 ? 'waiting' : 'refused';
}
