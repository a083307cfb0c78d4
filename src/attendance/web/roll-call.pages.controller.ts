import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { newId } from '../../shared/new-id.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { ConsentNotice } from '../../people/public.js';
import { ROLL_CALL_ROLES } from '../attendance.policy.js';
import { AttendanceService } from '../attendance.service.js';
import { RosterService } from '../roster.service.js';
import { reviewDetail } from './attendance.presenter.js';
import { eventOfForm } from './form-event.js';
import { RollCallFormDto, RollCallQueryDto } from './roll-call.dto.js';
import { chooseUnit, presentRollCall, titleOf } from './roll-call.presenter.js';

const VIEW = 'attendance/web/views/roll-call.hbs';

/** The roll call on a trainer's phone: a tap is an event, kept by the page until the server has it. */
@Controller()
export class RollCallPagesController {
  constructor(
    private readonly rosters: RosterService,
    private readonly attendance: AttendanceService,
    private readonly notice: ConsentNotice,
    private readonly clock: Clock,
    private readonly pages: PageRenderer,
  ) {}

  @Get('staff/sessions/:session/roll-call')
  @ForRoles(...ROLL_CALL_ROLES)
  async show(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Query() { unit, q }: RollCallQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { locale } = request;
    const { session, rows } = await this.rosters.of(staff, id, locale);
    const chosen = chooseUnit(session.units, unit, this.clock.now());
    if (!chosen) throw new NotFound('unit');
    const title = t(locale, 'attendance:roll.title', { session: titleOf(session, locale) });
    const model = presentRollCall(session, rows, chosen, { q: (q ?? '').trim(), locale });
    const notice = await this.notice.in(locale);
    await this.pages.send(
      reply,
      VIEW,
      { title, scripts: ['roll-call.js', 'listen.js'] },
      { ...model, notice },
    );
  }

  /** Without script: the form's event, recorded as a phone's would be. */
  @Post('staff/sessions/:session/roll-call')
  @ForRoles(...ROLL_CALL_ROLES)
  async mark(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Body() form: RollCallFormDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { locale } = request;
    const { session, rows } = await this.rosters.of(staff, id, locale);
    const unit = session.units.find(({ n }) => n === form.unit);
    const at = this.clock.now();
    const knownOf = (enrolmentId: string) =>
      rows.find((row) => row.enrolmentId === enrolmentId)?.presence[unit?.id ?? '']?.mark;
    const event = eventOfForm(form, { id: newId(), at }, knownOf);
    const sent = { deviceId: `page-${staff.signInId}`, sentAt: at.getTime(), appVersion: null };
    const answer = event && (await this.attendance.record(staff, id, { ...sent, events: [event] }));
    const who = form.tap?.split(':')[0] ?? form.enrolmentId;
    const person = who ? `#person-${who}` : '';
    const filter = form.q ? `&q=${encodeURIComponent(form.q)}` : '';
    const path = `/staff/sessions/${session.sessionId}/roll-call?unit=${form.unit}${filter}${person}`;
    const [review] = answer?.review ?? [];
    if (!review) return this.pages.redirect(reply, path);
    const text = reviewDetail(review.why, review.facts, locale);
    await this.pages.redirect(reply, path, {
      kind: 'warning',
      key: 'attendance:roll.reviewed',
      params: { text },
    });
  }
}
