import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { Clock } from '../../shared/clock/clock.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { checkSignUp } from '../sign-up.check.js';
import { SignUpService } from '../sign-up.service.js';
import { SignUpGuard } from '../sign-up.guard.js';
import { SignUpAnswer, SignUpRequest } from './people.dto.js';

/** Signing up by phone. */
@ApiTags('people')
@Controller('api/v1/people')
export class PeopleApi {
  constructor(
    private readonly clock: Clock,
    private readonly guard: SignUpGuard,
    private readonly signUps: SignUpService,
  ) {}

  @Post()
  @HttpCode(201)
  @Public()
  @ApiOperation({
    summary: 'Sign up; pending until the first right code',
    description: 'Ask for the code with POST /auth/otp.',
  })
  @ApiCreatedResponse({ type: SignUpAnswer })
  @ApiUnprocessableEntityResponse({
    description: 'A field is wrong; `phone-unusual` passes the second time, or with phoneConfirmed',
  })
  @ApiTooManyRequestsResponse()
  async signUp(@Req() request: FastifyRequest, @Body() body: SignUpRequest): Promise<SignUpAnswer> {
    const phoneConfirmed = body.phoneConfirmed === true || (await this.guard.isConfirmed(body.phone));
    const checked = checkSignUp({ ...body, phoneConfirmed }, this.clock.now());
    if ('problems' in checked) throw new InvalidFields(checked.problems);
    await this.guard.admit(request.ip);
    const id = await this.signUps.signUp(checked.signUp, 'api');
    return { id, status: 'pending' };
  }
}
