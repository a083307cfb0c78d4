import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { isUuid } from '../../shared/new-id.js';
import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CertificateRoomService } from '../certificate-room.service.js';
import type { SessionPlace } from '../certificate-scope.query.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { presentRoom } from './room.presenter.js';

const VIEW = 'certificates/web/views/room.hbs';

/** The people of a session with their names as they will be printed: for the trainer who goes from one to the next. */
@ApiExcludeController()
@Controller('staff/sessions/:session/certificates')
export class RoomPagesController {
  constructor(
    private readonly room: CertificateRoomService,
    private readonly gate: CertificateStaffGate,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    await this.show(request, reply, await this.gate.session(actor, id));
  }

  @Post('names')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async confirm(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const session = await this.gate.session(actor, id);
    const ticked = [...new Set(formTexts(body, 'personId'))].filter(isUuid);
    if (ticked.length === 0) {
      return this.show(request, reply, session, t(request.locale, 'certificates:room.noneTicked'));
    }
    const count = await this.room.confirm(actor, session, ticked);
    await this.goBack(reply, session, 'certificates:room.confirmedDone', { count });
  }

  @Post('issue')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async issue(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const session = await this.gate.session(actor, id);
    const personId = formText(body, 'issue');
    if (!isUuid(personId)) throw new NotFound('person');
    try {
      await this.room.issue(actor, session, personId, false);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      return this.show(
        request,
        reply,
        session,
        t(request.locale, `errors:${error.code}.detail`, error.params),
      );
    }
    await this.goBack(reply, session, 'certificates:room.issued');
  }

  private goBack(
    reply: FastifyReply,
    { sessionId }: SessionPlace,
    key: string,
    params?: Record<string, number>,
  ): Promise<void> {
    const flash = { kind: 'success' as const, key, ...(params ? { params } : {}) };
    return this.pages.redirect(reply, `/staff/sessions/${sessionId}/certificates`, flash);
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    session: SessionPlace,
    refusal?: string,
  ): Promise<void> {
    const room = presentRoom(session, await this.room.people(session.sessionId), request.locale);
    const title = t(request.locale, 'certificates:room.title');
    await this.pages.refuse(reply, VIEW, { title }, { room, refusal }, refusal === undefined ? 200 : 422);
  }
}
