import { Injectable } from '@nestjs/common';
import { type Challenge, ChallengeService, type IssuedToken, SignInService } from '../identity/public.js';
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

/** One try at the code of a phone. Without a challenge it is the latest one. */
export interface PhoneCode {
  e164: string;
  code: string;
  challengeId?: string | undefined;
  userAgent?: string | undefined;
}

/** A phone that gave the right code, and whom it serves. */
export interface SignedInPhone extends IssuedToken {
  people: PhonePerson[];
}

/** Sign-in by a code on the phone: the same answer for a known number and for an unknown one. */
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

  /** @throws InvalidFields for a wrong or late code, TriesSpent from the sixth try on */
  async finish({ e164, code, challengeId, userAgent }: PhoneCode): Promise<SignedInPhone> {
    const challenge = await this.challenges.tryCode({ e164, code, challengeId });
    return this.db.transaction(async () => {
      // The phone's row first, as everywhere: then nobody waits for one another.
      const phoneId = await this.phones.verify(e164);
      if (phoneId === undefined) throw new NotFound('phone');
      await this.challenges.use(challenge);
      const people = await this.phones.people(phoneId);
      const [only] = people.length === 1 ? people : [];
      if (only) await this.activation.speakerOf(phoneId, only.id);
      const issued = await this.signIns.issue({ phoneId, personId: only?.id ?? null }, userAgent);
      return { ...issued, people };
    });
  }

  /** Says which of the phone's people is speaking. @throws NotFound for anybody else, PhoneFull for a sixth */
  async pick(signIn: { signInId: string; phoneId: string }, personId: string): Promise<PhonePerson> {
    return this.db.transaction(async () => {
      const person = await this.activation.speakerOf(signIn.phoneId, personId);
      if (!person) throw new NotFound('person');
      await this.signIns.pickPerson(signIn.signInId, personId);
      return person;
    });
  }
}
