import { Injectable } from '@nestjs/common';
import {
  ChallengeService,
  type IssuedToken,
  type RightRoomCode,
  RoomCodeService,
  SignInService,
  wrongCode,
} from '../identity/public.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { PersonActivation } from './person-activation.service.js';
import { PhoneBook, type PhonePerson } from './phone-book.js';

/** One try at the code of a phone. Without a challenge it is the latest one. */
export interface PhoneCode {
  e164: string;
  code: string;
  challengeId?: string | undefined;
  userAgent?: string | undefined;
}

/** A phone that gave the right code, and whom the sign-in may speak for. */
export interface SignedInPhone extends IssuedToken {
  people: PhonePerson[];
}

/**
 * Sign-in by a code: one that was sent to the phone opens the phone, one that staff showed in the room opens its person
 * and nobody else of the phone. Which of the two was expected, and whether anybody is known, shows in no answer.
 */
@Injectable()
export class CodeSignIn {
  constructor(
    private readonly db: Database,
    private readonly phones: PhoneBook,
    private readonly challenges: ChallengeService,
    private readonly roomCodes: RoomCodeService,
    private readonly signIns: SignInService,
    private readonly activation: PersonActivation,
  ) {}

  /** @throws InvalidFields for a wrong or late code, TriesSpent from the sixth try on */
  async finish(given: PhoneCode): Promise<SignedInPhone> {
    const served = await this.phones.activePeople(given.e164);
    const { right, wrong } = await this.roomCodes.tryCode(served, given.code);
    const signedIn = right ? await this.byRoomCode(given, right) : await this.bySms(given);
    // The code was a right one: it was no guess at those of the others.
    await this.roomCodes.giveBack(wrong);
    return signedIn;
  }

  private async bySms(given: PhoneCode): Promise<SignedInPhone> {
    const { e164, userAgent } = given;
    const challenge = await this.challenges.tryCode(given);
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

  /** The number is not proved by a code that was not sent to it: it stays as verified as it was. */
  private async byRoomCode({ e164, userAgent }: PhoneCode, right: RightRoomCode): Promise<SignedInPhone> {
    return this.db.transaction(async () => {
      const phoneId = (await this.phones.find(e164))?.id;
      if (phoneId === undefined) throw wrongCode();
      await this.phones.lock(phoneId);
      await this.roomCodes.use(right);
      const person = (await this.phones.people(phoneId)).find(({ id }) => id === right.personId);
      if (!person) throw wrongCode();
      const issued = await this.signIns.issue({ phoneId, personId: person.id, isForOne: true }, userAgent);
      return { ...issued, people: [person] };
    });
  }
}
