import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { LearningQuery, type ModuleFacts } from './learning.query.js';
import { type ListedPerson, type TaughtSession, TaughtSessionQuery } from './taught-session.query.js';

/** A session, the people with a seat in the order of its list, and what each has done of its course. */
export interface SessionWatching {
  readonly session: TaughtSession;
  readonly people: readonly ListedPerson[];
  /** By person: every module of the version that the person is on. */
  readonly facts: ReadonlyMap<string, readonly ModuleFacts[]>;
}

/** What the people of a session have watched, for whoever teaches or runs it. */
@Injectable()
export class SessionWatchingQuery {
  constructor(
    private readonly sessions: TaughtSessionQuery,
    private readonly learning: LearningQuery,
  ) {}

  /** @throws NotFound also when it is somebody else's */
  async of(actor: Actor, sessionId: string): Promise<SessionWatching> {
    const session = await this.sessions.get(actor, sessionId);
    const people = await this.sessions.roster(session.sessionId);
    const facts = await this.learning.factsOf(
      people.map(({ personId }) => personId),
      session.courseId,
    );
    return { session, people, facts };
  }
}
