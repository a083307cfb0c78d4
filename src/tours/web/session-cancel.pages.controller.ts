import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { inLanguage } from '../../campaigns/public.js';
import { SessionChanged } from '../session.errors.js';
import type { SessionRow } from '../session.row.js';
import { SessionDeeds } from './session-deeds.js';
import { daysOf } from './session.view.js';
import { presentTold } from './told.view.js';

const VIEW = 'tours/web/views/session-cancel.hbs';
const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;
const CONFLICT = 409;
const INVALID = 422;

/** What is wrong with a reason, as a code. */
function flawOf(reason: string): string | undefined {
  if (reason === '') return 'required';
  if (reason.length < SHORTEST_REASON) return 'too-short';
  return reason.length > LONGEST_REASON ? 'too-long' : undefined;
}

/** Calling a session off: who will be told is shown first. */
@Controller('staff/sessions/:session/cancel')
export class SessionCancelPagesController {
  constructor(
    private readonly deeds: SessionDeeds,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async ask(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    const row = await this.deeds.managed(actor, id);
    await this.pages.send(reply, VIEW, { title: titleOf(locale) }, await this.model(actor, row, locale));
  }

  @Post()
  @ForRoles('admin', 'manager', 'coordinator')
  async cancel(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: Record<string, unknown>,
  ): Promise<void> {
    const row = await this.deeds.managed(actor, id);
    const reason = formText(body, 'reason').trim();
    const flaw = flawOf(reason);
    if (flaw) {
      const error = fieldDetail(locale, { pointer: '/reason', code: flaw });
      const errors = [{ field: 'reason', text: error }];
      const model = { ...(await this.model(actor, row, locale)), reason, error, errors };
      return this.pages.refuse(reply, VIEW, { title: titleOf(locale) }, model, INVALID);
    }
    const revision = formText(body, 'revision');
    try {
      await this.deeds.cancel(
        actor,
        row.id,
        reason,
        /^\d{1,9}$/.test(revision) ? Number(revision) : undefined,
      );
    } catch (error) {
      if (!(error instanceof SessionChanged)) throw error;
      const model = { ...(await this.model(actor, row, locale)), reason, isStale: true };
      return this.pages.refuse(reply, VIEW, { title: titleOf(locale) }, model, CONFLICT);
    }
    const params = { city: inLanguage(row.cityName, locale) };
    await this.pages.redirect(reply, `/staff/sessions/${row.id}`, {
      kind: 'success',
      key: 'tours:staff.cancelDone',
      params,
    });
  }

  private async model(actor: StaffActor, row: SessionRow, locale: Locale): Promise<object> {
    const told = await this.deeds.rehearse(actor, row.id, { kind: 'cancel' });
    return {
      session: t(locale, 'tours:session.title', {
        course: inLanguage(row.course.title, locale),
        city: inLanguage(row.cityName, locale),
      }),
      day: daysOf(row.units, locale),
      action: `/${locale}/staff/sessions/${row.id}/cancel`,
      backHref: `/${locale}/staff/sessions/${row.id}`,
      revision: row.revision,
      told: presentTold(told, row.id, locale),
    };
  }
}

function titleOf(locale: Locale): string {
  return t(locale, 'tours:staff.cancelTitle');
}
