import { Injectable } from '@nestjs/common';
import { type Challenge, ChallengeService, SignInService } from '../identity/public.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { CodeSender } from './code-sender.js';
import { PersonActivation } from './person-activation.service.js';
import { PhoneBook, type PhonePerson } from './phone-book.js';
import type { ParsedPhone } from './phone-number.js';

/** Who asks for a code: a network address, and the language of the request. */
export interface CodeAsker {
  address: string;
  locale: Locale;
}

/** The ways into a sign-in and around it: a code for the phone, the same answer whether the number is known or not, and who speaks. */
@Injectable()
export class PhoneSignIn {
  constructor(
    private readonly db: Database,
    private readonly phones: PhoneBook,
    private readonly challenges: ChallengeService,
    private readonly signIns: SignInService,
    private readonly sender: CodeSender,
    private readonly activation: PersonActivation,
  ) {}

  /** @throws CodesSpent beyond the limits on codes */
  async start(phone: ParsedPhone, { address, locale }: CodeAsker): Promise<Challenge> {
    const { e164, country, sms } = phone;
    return this.db.transaction(async () => {
      const line = await this.phones.find(e164);
      const people = line ? await this.phones.people(line.id) : [];
      const known = { isKnown: people.length > 0, isNeverSeen: line === undefined };
      const challenge = await this.challenges.issue({ e164, country, canSms: sms, address, ...known });
      if (challenge.isNew) await this.sender.send(e164, challenge, people, locale);
      return challenge;
    });
  }

  /**
   * Says which of the phone's people is speaking.
   *
   * @throws NotFound for anybody else, also for others of the phone when the sign-in is one person's; PhoneFull for a sixth
   */
  async pick(signIn: { signInId: string; phoneId: string }, personId: string): Promise<PhonePerson> {
    return this.db.transaction(async () => {
      const person = await this.activation.speakerOf(signIn.phoneId, personId);
      if (!person) throw new NotFound('person');
      if (!(await this.signIns.pickPerson(signIn.signInId, personId))) throw new NotFound('person');
      return person;
    });
  }
}
