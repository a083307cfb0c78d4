import { Injectable } from '@nestjs/common';
import type { ReceivedEvent } from './interpretation.js';
import { InterpretationService } from './interpretation.service.js';
import { derivePresence } from './presence.js';
import { PresenceHooks } from './presence-hooks.js';
import { type CountingEvent, type MergedPresence, PresenceQuery } from './presence.query.js';
import { type RolledSession } from './rolled-session.query.js';

/** Turns raw events into presence, inside a transaction that holds the session's row. */
@Injectable()
export class PresenceMergeService {
  constructor(
    private readonly interpretation: InterpretationService,
    private readonly presence: PresenceQuery,
    private readonly hooks: PresenceHooks,
  ) {}

  /**
   * Reads the events, and derives anew the presence of everybody they speak of.
   *
   * @param also persons to derive whether or not an event speaks of them
   * @returns the number of persons derived
   */
  async takeUp(
    session: RolledSession,
    events: readonly ReceivedEvent[],
    also: readonly string[] = [],
  ): Promise<number> {
    const understood = await this.interpretation.understand(session, events);
    const persons = [...new Set([...also, ...understood])].sort();
    await this.merge(session.sessionId, persons);
    return persons.length;
  }

  /** Derives the presence of these persons in the session anew from all their events. */
  private async merge(sessionId: string, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    await this.presence.lockPersons(personIds);
    const merged = mergeAll(await this.presence.counting(sessionId, personIds));
    await this.presence.write(sessionId, personIds, merged);
    await this.hooks.changed(sessionId, personIds);
  }
}

function mergeAll(events: readonly CountingEvent[]): MergedPresence[] {
  const sets = new Map<string, CountingEvent[]>();
  for (const event of events) {
    const key = `${event.personId} ${event.unitId}`;
    const set = sets.get(key);
    if (set) set.push(event);
    else sets.set(key, [event]);
  }
  return [...sets.values()].flatMap((set) => {
    const [first] = set;
    const presence = derivePresence(set);
    return first && presence ? [{ personId: first.personId, unitId: first.unitId, ...presence }] : [];
  });
}
