import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { mayManage } from '../../campaigns/public.js';
import { type Deed, SessionRehearsal } from '../session-rehearsal.service.js';
import { SessionQuery } from '../session.query.js';
import { sayingClashes } from './session.api.controller.js';
import { PreviewDto, ToldPreviewDto } from './told.dto.js';

/** @throws InvalidFields unless exactly one thing is asked for */
function deedOf({ change, cancel, postpone, revision }: PreviewDto): Deed {
  const seen = revision === undefined ? {} : { revision };
  const asked: Deed[] = [
    ...(change ? [{ kind: 'change' as const, change }] : []),
    ...(cancel === true ? [{ kind: 'cancel' as const, ...seen }] : []),
    ...(postpone === true ? [{ kind: 'postpone' as const, ...seen }] : []),
  ];
  const [deed, another] = asked;
  if (!deed) throw new InvalidFields([{ pointer: '/change', code: 'required' }]);
  if (another) throw new InvalidFields([{ pointer: `/${another.kind}`, code: 'not-a-choice' }]);
  return deed;
}

/** Who would be told of a change, before it is made. */
@ApiTags('sessions')
@ApiBearerAuth()
@Controller('api/v1/sessions/:session/preview')
export class ToldApiController {
  constructor(
    private readonly sessions: SessionQuery,
    private readonly rehearsal: SessionRehearsal,
  ) {}

  @Post()
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({
    summary: 'Who would be told of a change, a postponement or a cancellation, how, and for how much',
  })
  @ApiOkResponse({ type: ToldPreviewDto })
  @ApiNotFoundResponse({ description: "No such session, or somebody else's" })
  @ApiConflictResponse({ description: 'Whatever the deed itself would be refused for' })
  @ApiUnprocessableEntityResponse({
    description: 'Nothing or more than one thing is asked for, or a field is wrong',
  })
  async preview(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: PreviewDto,
  ): Promise<ToldPreviewDto> {
    const row = await this.sessions.get(id);
    if (!mayManage(actor.grants, row)) throw new NotFound('session');
    const deed = deedOf(body);
    const told = await sayingClashes(request, () => this.rehearsal.rehearse(actor, row.id, deed));
    return { revision: row.revision, ...told };
  }
}
