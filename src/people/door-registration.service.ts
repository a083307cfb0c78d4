import { Injectable } from '@nestjs/common';
import type { Locale } from '../shared/i18n/i18n.js';
import { newId } from '../shared/new-id.js';
import { ActivationHooks } from './activation-hooks.js';
import { type ConsentWitnessed, ConsentService } from './consent.service.js';
import { PEOPLE_PER_PHONE } from './person.kinds.js';
import type { PersonName } from './person-name.js';
import { PersonStore } from './person.store.js';
import { PhoneBook, type PhonePerson } from './phone-book.js';
import { parsePhone } from './phone-number.js';
import { isSameName } from './same-name.js';

/** Somebody who stands in the room and agreed to be trained. */
export interface DoorVisitor {
  name: PersonName;
  /** As it was said; one that cannot be a number is left out, for nobody is sent away for it. */
  phone?: string;
  /** Of the session: nobody asked the person. */
  language: Locale;
  consent: Omit<ConsentWitnessed, 'language'>;
}

/**
 * Writes down people who come without having signed up: active at once, since a witness saw them and the consent. The
 * same name on the same phone is the same person. Part of the caller's transaction.
 */
@Injectable()
export class DoorRegistration {
  constructor(
    private readonly phones: PhoneBook,
    private readonly people: PersonStore,
    private readonly consents: ConsentService,
    private readonly hooks: ActivationHooks,
  ) {}

  /** @returns the person's id */
  async register({ name, phone, language, consent }: DoorVisitor): Promise<string> {
    const line = await this.lineOf(phone);
    const known = line?.people.find((person) => isSameName(person.name, name));
    const id = known ? await this.recognise(known) : await this.write(name, language, line);
    if (line) await this.hooks.tell({ personId: id, phoneId: line.id, name });
    await this.consents.witnessed(id, { language, ...consent });
    return id;
  }

  private async lineOf(
    phone: string | undefined,
  ): Promise<{ id: string; people: PhonePerson[] } | undefined> {
    const parsed = phone === undefined ? undefined : parsePhone(phone);
    if (!parsed || parsed.invalid) return undefined;
    const id = await this.phones.keep(parsed.e164, parsed.sms);
    return { id, people: await this.phones.people(id) };
  }

  private async recognise({ id, isActive }: PhonePerson): Promise<string> {
    if (!isActive) await this.people.activate(id);
    return id;
  }

  private async write(
    name: PersonName,
    language: Locale,
    line: { id: string; people: PhonePerson[] } | undefined,
  ): Promise<string> {
    const id = newId();
    // A phone that serves five already serves no sixth; the person is written down without it.
    const hasRoom = line !== undefined && line.people.length < PEOPLE_PER_PHONE;
    const unknown = { birthYear: null, communeCode: null, citySlug: null, category: null, sector: null };
    const person = { id, name, language, gender: 'unspecified' as const, ...unknown };
    await this.people.insert(person, 'active', hasRoom ? line.id : undefined);
    return id;
  }
}
