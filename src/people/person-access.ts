import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { TrainingConsentMissing } from './people.errors.js';
import { PersonQuery, type PersonSnapshot } from './person.query.js';

/** Whether somebody speaks for a person: the person, signed in and picked. Staff act by their grants, not by this. */
export function speaksFor(actor: Actor, personId: string): boolean {
  return actor.kind === 'phone' && actor.person?.id === personId;
}

/** The door to one person for features that act on their behalf. */
@Injectable()
export class PersonAccess {
  constructor(private readonly people: PersonQuery) {}

  /** @throws NotFound when the actor is not this person: the same as for nobody */
  assertSpeaksFor(actor: Actor, personId: string): void {
    if (!speaksFor(actor, personId)) throw new NotFound('person');
  }

  /**
   * The traits of a person who may be enrolled.
   *
   * @throws NotFound for an unknown or pending person, TrainingConsentMissing after a withdrawal
   */
  async enrollable(personId: string): Promise<PersonSnapshot> {
    const snapshot = await this.people.snapshot(personId);
    if (!snapshot) throw new NotFound('person');
    if (!snapshot.consentsToTraining) throw new TrainingConsentMissing();
    return snapshot;
  }
}
