import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { mayManage } from '../../campaigns/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { SessionQuery } from '../session.query.js';
import { TrainerNoticeQuery } from '../trainer-news/trainer-notice.query.js';
import { TrainerNoticesDto } from './trainer-notice.dto.js';
import { presentNotice } from './trainer-notice.presenter.js';

/** What the trainers of a session were told. */
@ApiTags('sessions')
@ApiBearerAuth()
@Controller('api/v1/sessions/:session/trainer-notices')
export class TrainerNoticeApiController {
  constructor(
    private readonly sessions: SessionQuery,
    private readonly notices: TrainerNoticeQuery,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'What the trainers were told of this session by e-mail, and what became of it' })
  @ApiOkResponse({ type: TrainerNoticesDto })
  @ApiNotFoundResponse({ description: "No such session, or somebody else's" })
  async list(@CurrentStaff() actor: StaffActor, @Param('session') id: string): Promise<TrainerNoticesDto> {
    const row = await this.sessions.get(id);
    if (!mayManage(actor.grants, row)) throw new NotFound('session');
    return { items: (await this.notices.ofSession(row.id)).map(presentNotice) };
  }
}
