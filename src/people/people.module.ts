import { Global, Module } from '@nestjs/common';
import { CodeSender } from './code-sender.js';
import { CodeSignIn } from './code-sign-in.service.js';
import { ConsentService } from './consent.service.js';
import { DoorRegistration } from './door-registration.service.js';
import { PendingPurge } from './jobs/pending.purge.js';
import { PersonAccess } from './person-access.js';
import { PersonActivation } from './person-activation.service.js';
import { PersonQuery } from './person.query.js';
import { PhoneBook } from './phone-book.js';
import { PhoneSignIn } from './phone-sign-in.service.js';
import { PersonStore } from './person.store.js';
import { PhoneFullNotice } from './phone-full.notice.js';
import { ProfileService } from './profile.service.js';
import { SignUpService } from './sign-up.service.js';
import { SignUpGuard } from './sign-up.guard.js';
import { AuthApi } from './web/auth.api.controller.js';
import { CodePages } from './web/code.pages.controller.js';
import { MeApi } from './web/me.api.controller.js';
import { MePages } from './web/me.pages.controller.js';
import { PeopleApi } from './web/people.api.controller.js';
import { SignInPages } from './web/sign-in.pages.controller.js';
import { SignUpPages } from './web/sign-up.pages.controller.js';
import { WhoPages } from './web/who.pages.controller.js';

@Global()
@Module({
  controllers: [PeopleApi, AuthApi, MeApi, SignUpPages, SignInPages, CodePages, WhoPages, MePages],
  providers: [
    PhoneBook,
    ConsentService,
    PersonQuery,
    PersonStore,
    PersonAccess,
    PersonActivation,
    DoorRegistration,
    ProfileService,
    CodeSender,
    SignUpGuard,
    PhoneFullNotice,
    SignUpService,
    PhoneSignIn,
    CodeSignIn,
    PendingPurge,
  ],
  exports: [PersonQuery, PersonAccess, ConsentService, DoorRegistration],
})
export class PeopleModule {}
