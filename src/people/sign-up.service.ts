import { Injectable } from '@nestjs/common';
import { ChallengeService } from '../identity/public.js';
import { Database } from '../shared/database/database.js';
import { newId } from '../shared/new-id.js';
import { ConsentService } from './consent.service.js';
import { PEOPLE_PER_PHONE } from './person.kinds.js';
import { PersonStore } from './person.store.js';
import { PhoneFullNotice } from './phone-full.notice.js';
import { PhoneBook } from './phone-book.js';
import { isSameName } from './same-name.js';
import type { SignUp } from './sign-up.check.js';

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
    private readonly phones: PhoneBook,
    private readonly people: PersonStore,
    private readonly consents: ConsentService,
    private readonly challenges: ChallengeService,
    private readonly full: PhoneFullNotice,
  ) {}

  /** @returns an id that tells nothing */
  async signUp(signUp: SignUp, channel: SignUpChannel): Promise<string> {
    const id = newId();
    await this.db.transaction(async () => {
      const { e164, sms } = signUp.phone;
      const phoneId = await this.phones.keep(e164, sms);
      await this.challenges.allowNewCode(e164);
      const served = await this.phones.people(phoneId);
      const same = served.find(({ name }) => isSameName(name, signUp.name));
      if (same?.isActive) return;
      if (same) await this.db.write('person.replaced', REPLACED, [same.id]);
      else if (served.length >= PEOPLE_PER_PHONE) return this.full.send(signUp);
      await this.people.insert({ ...signUp, id }, 'pending', phoneId);
      await this.consents.ask(id, signUp.consents, { language: signUp.language, channel });
    });
    return id;
  }
}
