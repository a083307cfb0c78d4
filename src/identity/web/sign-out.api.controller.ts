import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForSignedIn } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { SignInService } from '../sign-in.service.js';

/** Ending sign-ins, for phones and staff alike. */
@ApiTags('auth')
@ApiBearerAuth()
@Controller('api/v1/auth')
export class SignOutApi {
  constructor(private readonly signIns: SignInService) {}

  @Post('sign-out')
  @HttpCode(204)
  @ForSignedIn()
  @ApiOperation({ summary: 'End this sign-in' })
  @ApiNoContentResponse()
  async signOut(@CurrentActor() actor: Actor): Promise<void> {
    await this.signIns.revoke(actor.signInId);
  }

  @Post('sign-out-everywhere')
  @HttpCode(204)
  @ForSignedIn()
  @ApiOperation({ summary: 'End every sign-in of this account or phone, this one included' })
  @ApiNoContentResponse()
  async signOutEverywhere(@CurrentActor() actor: Actor): Promise<void> {
    await this.signIns.revokeAll(actor.signInId);
  }
}
