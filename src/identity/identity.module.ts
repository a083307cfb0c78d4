import { Global, Module } from '@nestjs/common';
import { ActorSource } from '../shared/access/actor-source.js';
import { SignInService } from './sign-in.service.js';

@Global()
@Module({
  providers: [SignInService, { provide: ActorSource, useExisting: SignInService }],
  exports: [SignInService, ActorSource],
})
export class IdentityModule {}
