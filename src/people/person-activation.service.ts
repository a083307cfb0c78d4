import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { ConsentService } from './consent.service.js';
import { PhoneFull } from './people.errors.js';
import { PEOPLE_PER_PHONE } from './person.kinds.js';
import { PhoneBook, type PhonePerson } from './phone-book.js';

const ACTIVATE = `
  UPDATE person SET status = 'active', activated_at = $2 WHERE id = $1 AND status = 'pending'`;

/** Makes a pending sign-up a person: a right code came to the phone and this is who speaks. */
@Injectable()
export class PersonActivation {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly phones: PhoneBook,
    private readonly consents: ConsentService,
  ) {}

  /**
   * Finds one of the phone's people and activates them when they were waiting. Part of the caller's transaction.
   *
   * @returns undefined when the phone does not serve this person
   * @throws PhoneFull when five others were quicker
   */
  async speakerOf(phoneId: string, personId: string): Promise<PhonePerson | undefined> {
    await this.phones.lock(phoneId);
    const people = await this.phones.people(phoneId);
    const person = people.find(({ id }) => id === personId);
    if (!person || person.isActive) return person;
    if (people.filter(({ isActive }) => isActive).length >= PEOPLE_PER_PHONE) throw new PhoneFull();
    await this.db.write('person.activate', ACTIVATE, [personId, this.clock.now()]);
    await this.consents.enforce(personId);
    return { ...person, isActive: true };
  }
}
