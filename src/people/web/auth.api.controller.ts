import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { StaffSignIn } from '../../identity/public.js';
import { ForSignedIn, Public } from '../../shared/access/access-rule.js';
import { RoleNotAllowed } from '../../shared/access/access.errors.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { CodeSignIn } from '../code-sign-in.service.js';
import { type ParsedPhone, parsePhone } from '../phone-number.js';
import { PhoneSignIn } from '../phone-sign-in.service.js';
import { presentChoice } from './choice.presenter.js';
import {
  CodeRequestAnswer,
  CodeRequestBody,
  PersonPick,
  PersonPickAnswer,
  TokenAnswer,
  TokenRequest,
} from './auth.dto.js';

function phoneOf(text: string): ParsedPhone {
  const phone = parsePhone(text);
  if (phone.invalid) throw new InvalidFields([{ pointer: '/phone', code: phone.invalid }]);
  return phone;
}

/** Signing in, by phone or by e-mail. */
@ApiTags('auth')
@Controller('api/v1/auth')
export class AuthApi {
  constructor(
    private readonly phones: PhoneSignIn,
    private readonly codes: CodeSignIn,
    private readonly staff: StaffSignIn,
  ) {}

  @Post('otp')
  @HttpCode(202)
  @Public()
  @ApiOperation({
    summary: 'Send a code to a phone',
    description: 'Within 60 seconds the challenge that waits is given again.',
  })
  @ApiAcceptedResponse({ type: CodeRequestAnswer })
  @ApiUnprocessableEntityResponse({ description: 'Cannot be a phone number' })
  @ApiTooManyRequestsResponse({ description: '5 an hour and 15 a day to one phone' })
  async askCode(
    @Req() request: FastifyRequest,
    @Body() { phone }: CodeRequestBody,
  ): Promise<CodeRequestAnswer> {
    const challenge = await this.phones.start(phoneOf(phone), {
      address: request.ip,
      locale: request.locale,
    });
    const { id, delivery, resendAfterSeconds } = challenge;
    return { challenge: id, delivery, resendAfterSeconds };
  }

  @Post('token')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Sign in with a code, or with e-mail and password',
    description:
      'The code is the one sent to the phone, which opens the phone, or one shown in the room, which opens its person and nobody else of the phone.',
  })
  @ApiOkResponse({ type: TokenAnswer })
  @ApiUnauthorizedResponse({ description: 'E-mail, password or authenticator code is wrong' })
  @ApiUnprocessableEntityResponse({ description: 'The code is wrong, late or used' })
  @ApiTooManyRequestsResponse({ description: 'The sixth try at a code, or ten wrong passwords' })
  async token(@Req() request: FastifyRequest, @Body() body: TokenRequest): Promise<TokenAnswer> {
    const userAgent = request.headers['user-agent'];
    if (typeof body.email === 'string') {
      const { email, password = '', totp } = body;
      const credentials = { email, password, totp: totp ?? undefined };
      const { token, expiresAt } = await this.staff.signIn(credentials, { address: request.ip, userAgent });
      return { token, expiresAt: expiresAt.toISOString(), people: [] };
    }
    const { e164 } = phoneOf(body.phone ?? '');
    const signedIn = await this.codes.finish({
      e164,
      code: body.code ?? '',
      challengeId: body.challenge ?? undefined,
      userAgent,
    });
    return {
      token: signedIn.token,
      expiresAt: signedIn.expiresAt.toISOString(),
      people: signedIn.people.map((person) => presentChoice(person, request.locale)),
    };
  }

  @Post('person')
  @HttpCode(200)
  @ForSignedIn()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Say who of the phone is speaking' })
  @ApiOkResponse({ type: PersonPickAnswer })
  async pick(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Body() { personId }: PersonPick,
  ): Promise<PersonPickAnswer> {
    if (actor.kind !== 'phone') throw new RoleNotAllowed();
    const person = await this.phones.pick(actor, personId);
    return { person: presentChoice(person, request.locale) };
  }
}
