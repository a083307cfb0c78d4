/** One event as the server takes it. */
export interface ProgressEvent {
  id: string;
  ranges: [number, number][];
  position: number;
  at: string;
}

/** What the server answers. */
export interface Answer {
  watchedSeconds: number;
  unverifiedSeconds: number;
  percent: number;
  completed: boolean;
}

const AT_ONCE = 100;
/** More waiting events than this are a phone that has been away for weeks; the oldest go. */
const KEPT = 2000;

/** Events that wait on this phone until the server has them; nobody else's on a shared phone. */
export class Outbox {
  private sending = false;

  constructor(
    private readonly url: string,
    private readonly csrf: string,
    owner: string,
    private readonly key = `progress:${owner}:${url}`,
  ) {}

  get waiting(): ProgressEvent[] {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? '[]') as ProgressEvent[];
    } catch {
      return [];
    }
  }

  add(event: ProgressEvent): void {
    this.keep([...this.waiting, event].slice(-KEPT));
  }

  /** Sends what waits. @returns the last answer, or undefined while the server cannot be reached */
  async send(): Promise<Answer | undefined> {
    if (this.sending) return undefined;
    this.sending = true;
    try {
      let answer: Answer | undefined;
      while (this.waiting.length > 0) {
        const batch = this.waiting.slice(0, AT_ONCE);
        const reply = await this.put(batch);
        // Refused for what is in it: sending it again would never help.
        const refused = reply.status === 422 || reply.status === 404 || reply.status === 413;
        if (!reply.ok && !refused) return undefined;
        const sent = new Set(batch.map(({ id }) => id));
        this.keep(this.waiting.filter(({ id }) => !sent.has(id)));
        if (reply.ok) answer = (await reply.json()) as Answer;
      }
      return answer;
    } catch {
      return undefined;
    } finally {
      this.sending = false;
    }
  }

  private put(events: ProgressEvent[]): Promise<Response> {
    return fetch(this.url, {
      method: 'PUT',
      // Outlives the page, so that the last seconds count.
      keepalive: true,
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': this.csrf },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events }),
    });
  }

  private keep(events: ProgressEvent[]): void {
    try {
      if (events.length === 0) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify(events));
    } catch {
      // A browser without storage still sends what it can at once.
    }
  }
}
