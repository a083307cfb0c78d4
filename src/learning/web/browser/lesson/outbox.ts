import { allFacts, dropFacts, type Fact, keepFact } from '../../../../shared/web/browser/offline/database.js';
import { isFinal } from '../../../../shared/web/browser/offline/final.js';

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

/** Whose events they are, of what, and the token of the page: read anew each time, as a stored page is given another. */
export interface Lesson {
  readonly url: string;
  readonly owner: string;
  readonly href: string;
  readonly title: string;
  csrf(): string;
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
}

const AT_ONCE = 100;
/** More waiting events than this are a phone that has been away for weeks; the oldest go. */
const KEPT = 2000;

/** Events that wait on this phone until the server has them; nobody else's on a shared phone. */
export class Outbox {
  private sending = false;
  private facts: Fact[] = [];

  constructor(private readonly lesson: Lesson) {}

  get isEmpty(): boolean {
    return this.facts.length === 0;
  }

  /** What an earlier page kept. */
  async load(): Promise<void> {
    const { url, owner } = this.lesson;
    const kept = (await allFacts().catch(() => [])).filter(
      (fact) => fact.url === url && fact.owner === owner && fact.state === 'waiting',
    );
    const here = new Set(this.facts.map(({ id }) => id));
    this.facts = [...kept.filter(({ id }) => !here.has(id)), ...this.facts];
  }

  /** @returns once the event is on the disk, or cannot be: a browser without storage still sends what it can at once */
  async add(event: ProgressEvent): Promise<void> {
    const { url, owner, href, title } = this.lesson;
    const fact: Fact = {
      ...{ id: event.id, owner, kind: 'watched', url, href, title, state: 'waiting' },
      body: { ...event },
    };
    this.facts = [...this.facts, fact];
    const over = this.facts.slice(0, -KEPT).map(({ id }) => id);
    this.facts = this.facts.slice(-KEPT);
    await keepFact(fact).catch(() => undefined);
    if (over.length > 0) await dropFacts(over).catch(() => undefined);
  }

  /** Sends what waits. @returns the last answer, or undefined while the server cannot be reached */
  async send(): Promise<Answer | undefined> {
    if (this.sending) return undefined;
    this.sending = true;
    try {
      let answer: Answer | undefined;
      while (this.facts.length > 0) {
        const batch = this.facts.slice(0, AT_ONCE);
        const reply = await this.put(batch);
        // Refused for what is in it: sending it again would never help, and the person is told why.
        const problem = reply.ok ? {} : ((await reply.json().catch(() => ({}))) as Problem);
        const refused = isFinal(reply.status, problem.code);
        if (!reply.ok && !refused) return undefined;
        const sent = new Set(batch.map(({ id }) => id));
        this.facts = this.facts.filter(({ id }) => !sent.has(id));
        if (refused) await this.refuse(batch, problem);
        else {
          answer = (await reply.json()) as Answer;
          await dropFacts([...sent]).catch(() => undefined);
        }
      }
      return answer;
    } catch {
      return undefined;
    } finally {
      this.sending = false;
    }
  }

  private async refuse(batch: readonly Fact[], { detail = '' }: Problem): Promise<void> {
    for (const fact of batch)
      await keepFact({ ...fact, state: 'refused', why: detail }).catch(() => undefined);
  }

  private put(facts: readonly Fact[]): Promise<Response> {
    const { url, owner } = this.lesson;
    return fetch(url, {
      method: 'PUT',
      // Outlives the page, so that the last seconds count.
      keepalive: true,
      credentials: 'same-origin',
      headers: {
        ...{ 'content-type': 'application/json', accept: 'application/json' },
        ...{ 'x-csrf-token': this.lesson.csrf(), 'x-person': owner },
      },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events: facts.map(({ body }) => body) }),
    });
  }
}
