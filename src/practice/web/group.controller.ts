import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { GroupService } from '../group.service.js';
import { GROUP_ROLES } from '../practice.policy.js';
import { GroupDto } from './group.dto.js';
import { presentGroup, presentGroupPage } from './group.presenter.js';

/** Where a group is stuck, for its trainer: counts, never a name. */
@ApiTags('practice')
@ApiBearerAuth('token')
@Controller()
export class GroupController {
  constructor(
    private readonly groups: GroupService,
    private readonly pages: PageRenderer,
  ) {}

  @Get('api/v1/sessions/:session/practice')
  @ForRoles(...GROUP_ROLES)
  @ApiOperation({ summary: "Where a session's people stand in the practice exercises, by wrong path" })
  @ApiOkResponse({ type: GroupDto })
  async json(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Req() request: FastifyRequest,
  ): Promise<GroupDto> {
    return presentGroup(await this.groups.of(staff, id), request.locale);
  }

  @Get('staff/sessions/:session/practice')
  @ForRoles(...GROUP_ROLES)
  @ApiExcludeEndpoint()
  async page(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { locale } = request;
    const model = presentGroupPage(await this.groups.of(staff, id), locale);
    await this.pages.send(
      reply,
      'practice/web/views/group.hbs',
      { title: t(locale, 'practice:group.title') },
      model,
    );
  }
}
