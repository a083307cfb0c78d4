import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, NotFound, TooMany } from '../../shared/errors/domain-error.js';
import { failureOf } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { ROLL_CALL_ROLES } from '../attendance.policy.js';
import { displayNameOf } from './roll-call.presenter.js';
import { RosterCodes, type RosterPerson } from '../roster-code.service.js';
import { presentRoomCode, type RoomCodePage } from './room-code.presenter.js';

const VIEW = 'attendance/web/views/room-code.hbs';

/** A sign-in code on the screen of whoever calls the roll, for the person in front of it. It is never on a page twice. */
@ApiExcludeController()
@Controller('staff/sessions/:session/roster/:enrolment/room-code')
export class RoomCodePagesController {
  constructor(
    private readonly codes: RosterCodes,
    private readonly config: AppConfig,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles(...ROLL_CALL_ROLES)
  async ask(
    @CurrentStaff() staff: StaffActor,
    @Param('session') sessionId: string,
    @Param('enrolment') enrolmentId: string,
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const person = await this.codes.find(staff, { sessionId, enrolmentId }, locale);
    const refusal = await this.codes.refusalOf(person);
    const error = refusal && t(locale, `errors:${refusal.code}.detail`, refusal.params);
    await this.send(reply, person, { error, isRefused: refusal !== undefined });
  }

  @Post()
  @HttpCode(200)
  @ForRoles(...ROLL_CALL_ROLES)
  async show(
    @CurrentStaff() staff: StaffActor,
    @Param('session') sessionId: string,
    @Param('enrolment') enrolmentId: string,
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const person = await this.codes.find(staff, { sessionId, enrolmentId }, locale);
    try {
      await this.send(reply, person, { shown: await this.codes.show(staff, person) });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      if (error instanceof TooMany) void reply.header('retry-after', String(error.retryAfterSeconds));
      void reply.status(failureOf(error).status);
      const words = t(locale, `errors:${error.code}.detail`, error.params);
      await this.send(reply, person, { error: words, isRefused: true });
    }
  }

  private async send(
    reply: FastifyReply,
    person: RosterPerson,
    page: Omit<RoomCodePage, 'address'>,
  ): Promise<void> {
    const { locale, host } = reply.request;
    const { PUBLIC_URL } = this.config;
    const address = PUBLIC_URL === undefined ? host : new URL(PUBLIC_URL).host;
    const title = t(locale, 'attendance:roomCode.title', { name: displayNameOf(person.row, locale) });
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    await this.pages.send(reply, VIEW, { title }, presentRoomCode(person, { ...page, address }, locale));
  }
}
