import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { inLanguage } from '../../campaigns/public.js';
import { ANSWER_MINUTES, IMPEDIMENT_REASONS } from '../impediments/impediment.js';
import { ImpedimentAnswered } from '../impediments/impediment.errors.js';
import { ImpedimentService, teachesStill } from '../impediments/impediment.service.js';
import { SessionQuery } from '../session.query.js';
import type { SessionRow } from '../session.row.js';
import { MAX_IMPEDIMENT_NOTE } from './impediment.dto.js';
import { daysOf } from './session.view.js';

const VIEW = 'tours/web/views/impediment.hbs';
const INVALID = 422;

/** "I cannot come", from a trainer's telephone; and the short answers to it. */
@ApiExcludeController()
@Controller('staff')
export class ImpedimentPagesController {
  constructor(
    private readonly impediments: ImpedimentService,
    private readonly sessions: SessionQuery,
    private readonly clock: Clock,
    private readonly pages: PageRenderer,
  ) {}

  @Get('sessions/:session/impediment')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async ask(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    const row = await this.taught(actor, id);
    await this.pages.send(reply, VIEW, { title: t(locale, 'tours:impediment.ask') }, modelOf(row, locale));
  }

  @Post('sessions/:session/impediment')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async report(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const row = await this.taught(actor, id);
    const note = formText(body, 'note');
    const reason = IMPEDIMENT_REASONS.find((one) => one === formText(body, 'reason'));
    if (!reason || note.length > MAX_IMPEDIMENT_NOTE) {
      const pointer = reason ? '/note' : '/reason';
      const flaw = reason
        ? { pointer, code: 'too-long', params: { max: MAX_IMPEDIMENT_NOTE } }
        : { pointer, code: 'required' };
      const error = { field: pointer.slice(1), text: fieldDetail(locale, flaw) };
      const model = {
        ...modelOf(row, locale),
        reason,
        note,
        errors: [error],
        [`${error.field}Error`]: error.text,
      };
      return this.pages.refuse(reply, VIEW, { title: t(locale, 'tours:impediment.ask') }, model, INVALID);
    }
    await this.impediments.report(actor, row.id, { reason, note });
    const flash = { kind: 'success' as const, key: 'tours:impediment.reported' };
    await this.pages.redirect(reply, `/staff/sessions/${row.id}`, flash);
  }

  @Post('impediments/:impediment/withdraw')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async withdraw(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('impediment') id: string,
  ): Promise<void> {
    await this.answer(reply, 'withdrawnDone', () => this.impediments.withdraw(actor, id));
  }

  @Post('impediments/:impediment/hold')
  @ForRoles('admin', 'manager', 'coordinator')
  async hold(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('impediment') id: string,
  ): Promise<void> {
    await this.answer(reply, 'heldDone', () => this.impediments.hold(actor, id));
  }

  /** Somebody else was faster: the session's page says what they answered. */
  private async answer(
    reply: FastifyReply,
    done: string,
    work: () => Promise<{ sessionId: string }>,
  ): Promise<void> {
    try {
      const { sessionId } = await work();
      await this.pages.redirect(reply, `/staff/sessions/${sessionId}`, {
        kind: 'success',
        key: `tours:impediment.${done}`,
      });
    } catch (error) {
      if (!(error instanceof ImpedimentAnswered)) throw error;
      await this.pages.redirect(reply, `/staff/sessions/${error.sessionId}`, {
        kind: 'warning',
        key: 'tours:impediment.tooLate',
      });
    }
  }

  /** @throws NotFound for a session that the actor does not teach */
  private async taught(actor: StaffActor, id: string): Promise<SessionRow> {
    const row = await this.sessions.getFor(actor, id);
    if (!teachesStill(row, actor.accountId, this.clock.now())) throw new NotFound('session');
    return row;
  }
}

function modelOf(row: SessionRow, locale: Locale): object {
  const base = `/${locale}/staff/sessions/${row.id}`;
  return {
    session: t(locale, 'tours:session.title', {
      course: inLanguage(row.course.title, locale),
      city: inLanguage(row.cityName, locale),
    }),
    day: daysOf(row.units, locale),
    action: `${base}/impediment`,
    backHref: base,
    minutes: ANSWER_MINUTES,
    reasons: IMPEDIMENT_REASONS.map((value) => ({
      value,
      label: t(locale, `tours:impediment.reason.${value}`),
    })),
  };
}
