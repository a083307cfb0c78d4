import { Global, Module } from '@nestjs/common';
import { ActorSource } from '../shared/access/actor-source.js';
import { AccountService } from './account.service.js';
import { ChallengeLimits } from './challenge.limits.js';
import { ChallengeService } from './challenge.service.js';
import { IdentityPurge } from './jobs/identity.purge.js';
import { RoomCodeService } from './room-code.service.js';
import { SignInQuery } from './sign-in.query.js';
import { SignInService } from './sign-in.service.js';
import { StaffSignIn } from './staff-sign-in.service.js';
import { SessionCookie } from './web/session-cookie.js';
import { SignOutApi } from './web/sign-out.api.controller.js';
import { SignOutPages } from './web/sign-out.pages.controller.js';
import { StaffHomePages } from './web/staff-home.pages.controller.js';
import { StaffSignInPages } from './web/staff-sign-in.pages.controller.js';

@Global()
@Module({
  controllers: [SignOutApi, SignOutPages, StaffHomePages, StaffSignInPages],
  providers: [
    SignInService,
    { provide: ActorSource, useExisting: SignInService },
    SignInQuery,
    AccountService,
    ChallengeLimits,
    ChallengeService,
    RoomCodeService,
    IdentityPurge,
    StaffSignIn,
    SessionCookie,
  ],
  exports: [
    SignInService,
    ActorSource,
    SignInQuery,
    AccountService,
    ChallengeService,
    RoomCodeService,
    StaffSignIn,
    SessionCookie,
  ],
})
export class IdentityModule {}
