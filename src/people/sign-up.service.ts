import { Injectable } from '@nestjs/common';
import { ChallengeService, hourlyBudget } from '../identity/public.js';
import { MessageQueue } from '../messages/public.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { newId } from '../shared/new-id.js';
import { ConsentService } from './consent.service.js';
import { PEOPLE_PER_PHONE } from './person.kinds.js';
import { PhoneBook } from './phone-book.js';
import { isSameName } from './same-name.js';
import type { SignUp } from './sign-up.check.js';

const INSERT = `
  INSERT INTO person (id, status, given_fr, family_fr, given_ar, family_ar, gender, birth_year, commune_code, city_slug, category, sector, language, created_at)
  VALUES ($1, 'pending', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;
const LINK = `INSERT INTO person_phone (person_id, phone_id, relation, created_at) VALUES ($1, $2, 'own', $3)`;
const REPLACED = `DELETE FROM person WHERE id = $1 AND status = 'pending'`;

/** How a sign-up came, for the consent's record. */
export type SignUpChannel = 'form' | 'api';

/**
 * Takes sign-ups. The answer is an id that nobody has seen before, whoever has the number already: somebody new is
 * pending until the first right code, a pending one of the same name is replaced, an active one stays as they are, and
 * a sixth person is told by SMS what to do.
 */
@Injectable()
export class SignUpService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly phones: PhoneBook,
    private readonly consents: ConsentService,
    private readonly challenges: ChallengeService,
    private readonly messages: MessageQueue,
  ) {}

  /** @returns an id that tells nothing */
  async signUp(signUp: SignUp, channel: SignUpChannel): Promise<string> {
    const id = newId();
    await this.db.transaction(async () => {
      const { e164, sms } = signUp.phone;
      const phoneId = await this.phones.keep(e164, sms);
      await this.challenges.allowNewCode(e164);
      const people = await this.phones.people(phoneId);
      const same = people.find(({ name }) => isSameName(name, signUp.name));
      if (same?.isActive) return;
      if (same) await this.db.write('person.replaced', REPLACED, [same.id]);
      else if (people.length >= PEOPLE_PER_PHONE) return this.tellFull(signUp);
      await this.insert(id, phoneId, signUp);
      await this.consents.ask(id, signUp.consents, { language: signUp.language, channel });
    });
    return id;
  }

  private async insert(id: string, phoneId: string, signUp: SignUp): Promise<void> {
    const { name, gender, birthYear, communeCode, citySlug, category, sector, language } = signUp;
    const now = this.clock.now();
    const names = [name.fr?.given, name.fr?.family, name.ar?.given, name.ar?.family].map(
      (part) => part ?? null,
    );
    const rest = [gender, birthYear, communeCode, citySlug, category, sector, language, now];
    await this.db.write('person.insert', INSERT, [id, ...names, ...rest]);
    await this.db.write('person.link', LINK, [id, phoneId, now]);
  }

  /** Once a day at most: whoever owns the phone learns it, whoever typed the number does not. */
  private async tellFull({ phone, language }: SignUp): Promise<void> {
    if (!phone.sms || hourlyBudget(phone.country) === 0) return;
    const day = this.clock.now().toISOString().slice(0, 10);
    await this.messages.send({
      recipient: phone.e164,
      channel: 'sms',
      template: 'phone-full',
      language,
      dedupeKey: `phone-full:${phone.e164}:${day}`,
    });
  }
}
