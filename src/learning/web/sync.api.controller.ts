import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import { Csrf } from '../../shared/access/csrf.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { SyncDto } from './pack.dto.js';

/** What a phone asks before it sends what it kept. */
@ApiTags('learning')
@Controller('api/v1')
export class SyncApiController {
  constructor(private readonly csrf: Csrf) {}

  @Get('me/sync')
  @ForPerson()
  @ApiOperation({
    summary:
      'Whose kept facts may be sent now. Each is sent with `x-person`: 409 `other-person` when somebody else has been picked since',
  })
  @ApiOkResponse({ type: SyncDto })
  sync(@Req() { actor, signInToken }: FastifyRequest, @CurrentPerson() person: { id: string }): SyncDto {
    const byCookie = actor?.via === 'cookie' && signInToken !== undefined;
    return { person: person.id, ...(byCookie ? { csrf: this.csrf.tokenFor(signInToken) } : {}) };
  }
}
