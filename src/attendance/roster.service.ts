import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { PassService } from './pass.service.js';
import { PassToken } from './pass-token.js';
import { type RolledSession, RolledSessionQuery } from './rolled-session.query.js';
import { RosterQuery, type RosterRow } from './roster.query.js';

export interface Roster {
  session: RolledSession;
  rows: RosterRow[];
}

/** The list of a session for whoever calls its roll. */
@Injectable()
export class RosterService {
  constructor(
    private readonly sessions: RolledSessionQuery,
    private readonly people: RosterQuery,
    private readonly passes: PassService,
    private readonly tokens: PassToken,
  ) {}

  /** @throws NotFound also for somebody else's session */
  async of(actor: Actor, sessionId: string, locale: Locale): Promise<Roster> {
    const session = await this.sessions.forRollCall(actor, sessionId);
    return { session, rows: await this.people.of(session.sessionId, locale) };
  }

  /** The list with what a phone recognises passes by. @throws NotFound also for somebody else's session */
  async withPasses(
    actor: Actor,
    sessionId: string,
    locale: Locale,
  ): Promise<Roster & { tokens: PassToken; codes: Map<string, string> }> {
    const roster = await this.of(actor, sessionId, locale);
    const codes = await this.passes.codesOf(roster.rows.map(({ enrolmentId }) => enrolmentId));
    return { ...roster, tokens: this.tokens, codes };
  }
}
