import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type PageOptions, PageRenderer } from '../../shared/web/page-renderer.js';
import { AttendanceLogQuery } from '../attendance-log.query.js';
import { ROLL_CALL_ROLES, runsSession } from '../attendance.policy.js';
import { ClosingService } from '../closing.service.js';
import { RosterService } from '../roster.service.js';
import {
  CloseFormDto,
  LONGEST_LOG,
  LONGEST_REASON,
  ReopenFormDto,
  SHORTEST_REASON,
} from './attendance.dto.js';
import { titleOf } from './roll-call.presenter.js';
import { presentClosing, presentSummary } from './summary.presenter.js';

const SUMMARY = 'attendance/web/views/summary.hbs';
const CLOSE = 'attendance/web/views/close.hbs';

/** The end of a session: its log, its figures, what was corrected, and reopening. */
@Controller('staff/sessions/:session')
export class ClosingPagesController {
  constructor(
    private readonly rosters: RosterService,
    private readonly log: AttendanceLogQuery,
    private readonly closing: ClosingService,
    private readonly pages: PageRenderer,
  ) {}

  @Get('attendance')
  @ForRoles(...ROLL_CALL_ROLES)
  async summary(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.pages.send(reply, SUMMARY, ...(await this.summaryOf(staff, id, request.locale)));
  }

  @Get('close')
  @ForRoles(...ROLL_CALL_ROLES)
  async confirm(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.pages.send(reply, CLOSE, ...(await this.closingOf(staff, id, request.locale)));
  }

  @Post('close')
  @ForRoles(...ROLL_CALL_ROLES)
  async close(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Body() { log = '' }: CloseFormDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (log.trim().length > LONGEST_LOG) {
      const [options, model] = await this.closingOf(staff, id, request.locale);
      const error = t(request.locale, 'attendance:close.tooLong', { max: LONGEST_LOG });
      return this.pages.refuse(reply, CLOSE, options, { ...model, typed: log, error });
    }
    await this.closing.close(staff, id, log.trim());
    await this.pages.redirect(reply, `/staff/sessions/${id}/attendance`, {
      kind: 'success',
      key: 'attendance:close.done',
    });
  }

  @Post('reopen')
  @ForRoles(...ROLL_CALL_ROLES)
  async reopen(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Body() { reason = '' }: ReopenFormDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { length } = reason.trim();
    if (length < SHORTEST_REASON || length > LONGEST_REASON) {
      const [options, model] = await this.summaryOf(staff, id, request.locale);
      const error = t(request.locale, 'attendance:reopen.needsReason', {
        min: SHORTEST_REASON,
        max: LONGEST_REASON,
      });
      return this.pages.refuse(reply, SUMMARY, options, { ...model, reason, error });
    }
    await this.closing.reopen(staff, id, reason.trim());
    await this.pages.redirect(reply, `/staff/sessions/${id}/attendance`, {
      kind: 'success',
      key: 'attendance:reopen.done',
    });
  }

  private async summaryOf(staff: StaffActor, id: string, locale: Locale): Promise<[PageOptions, object]> {
    const roster = await this.rosters.of(staff, id, locale);
    const { sessionId } = roster.session;
    const logs = {
      corrections: await this.log.corrections(sessionId),
      toReview: await this.log.toReview(sessionId),
      mayReopen: runsSession(staff, roster.session),
    };
    const title = t(locale, 'attendance:summary.title', { session: titleOf(roster.session, locale) });
    return [{ title }, presentSummary(roster, logs, locale)];
  }

  private async closingOf(staff: StaffActor, id: string, locale: Locale): Promise<[PageOptions, object]> {
    const roster = await this.rosters.of(staff, id, locale);
    const title = t(locale, 'attendance:close.title', { session: titleOf(roster.session, locale) });
    return [{ title }, presentClosing(roster, locale)];
  }
}
