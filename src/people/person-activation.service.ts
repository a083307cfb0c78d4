import { Injectable } from '@nestjs/common';
import { ActivationHooks } from './activation-hooks.js';
import { ConsentService } from './consent.service.js';
import { PhoneFull } from './people.errors.js';
import { PEOPLE_PER_PHONE } from './person.kinds.js';
import { PersonStore } from './person.store.js';
import { PhoneBook, type PhonePerson } from './phone-book.js';

/** Makes a pending sign-up a person: a right code came to the phone and this is who speaks. */
@Injectable()
export class PersonActivation {
  constructor(
    private readonly phones: PhoneBook,
    private readonly people: PersonStore,
    private readonly consents: ConsentService,
    private readonly hooks: ActivationHooks,
  ) {}

  /**
   * Finds one of the phone's people and activates them when they were waiting. Part of the caller's transaction.
   *
   * @returns undefined when the phone does not serve this person
   * @throws PhoneFull when five others were quicker
   */
  async speakerOf(phoneId: string, personId: string): Promise<PhonePerson | undefined> {
    await this.phones.lock(phoneId);
    const served = await this.phones.people(phoneId);
    const person = served.find(({ id }) => id === personId);
    if (!person || person.isActive) return person;
    if (served.filter(({ isActive }) => isActive).length >= PEOPLE_PER_PHONE) throw new PhoneFull();
    await this.people.activate(personId);
    await this.consents.enforce(personId);
    await this.hooks.tell({ personId, phoneId, name: person.name });
    return { ...person, isActive: true };
  }
}
