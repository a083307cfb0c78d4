import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { StartupTasks } from '../shared/operations/startup-tasks.js';
import { ActivationHooks } from './activation-hooks.js';
import { CodeSender } from './code-sender.js';
import { CodeSignIn } from './code-sign-in.service.js';
import { ConsentNarration } from './consent-narration.js';
import { ConsentRecordingStore } from './consent-recording.store.js';
import { ConsentRecordings } from './consent-recordings.service.js';
import { ConsentService } from './consent.service.js';
import { ConsentVoices } from './consent-voices.service.js';
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
import { ConsentNotice } from './web/consent-notice.js';
import { ConsentVoicesPages } from './web/consent-voices.pages.controller.js';
import { CodePages } from './web/code.pages.controller.js';
import { MeApi } from './web/me.api.controller.js';
import { ConsentRecordingsApi } from './web/consent-recordings.api.controller.js';
import { MyConsentsPages } from './web/my-consents.pages.controller.js';
import { MePages } from './web/me.pages.controller.js';
import { NominatedPeople } from './nominated-people.service.js';
import { PeopleApi } from './web/people.api.controller.js';
import { SignInPages } from './web/sign-in.pages.controller.js';
import { SignUpPages } from './web/sign-up.pages.controller.js';
import { WhoPages } from './web/who.pages.controller.js';

@Global()
@Module({
  controllers: [
    PeopleApi,
    AuthApi,
    MeApi,
    SignUpPages,
    SignInPages,
    CodePages,
    WhoPages,
    MePages,
    MyConsentsPages,
    ConsentRecordingsApi,
    ConsentVoicesPages,
  ],
  providers: [
    PhoneBook,
    ActivationHooks,
    NominatedPeople,
    ConsentService,
    ConsentNarration,
    ConsentRecordingStore,
    ConsentRecordings,
    ConsentVoices,
    ConsentNotice,
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
  exports: [
    PersonQuery,
    PersonAccess,
    ConsentService,
    ConsentNotice,
    DoorRegistration,
    ActivationHooks,
    NominatedPeople,
    SignUpGuard,
    SignUpService,
    PhoneSignIn,
  ],
})
export class PeopleModule implements OnModuleInit {
  constructor(
    private readonly tasks: StartupTasks,
    private readonly narration: ConsentNarration,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'consent narration', order: 50, run: () => this.narration.load() });
  }
}
