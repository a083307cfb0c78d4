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

const VIEW = 'tours/web/views/session-ending.hbs';
const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;
const CONFLICT = 409;
const INVALID = 422;

/** Who asks for which session. */
interface Asked {
  request: FastifyRequest;
  reply: FastifyReply;
  actor: StaffActor;
  id: string;
}

/** What is wrong with a reason, as a code. */
function flawOf(reason: string): string | undefined {
  if (reason === '') return 'required';
  if (reason.length < SHORTEST_REASON) return 'too-short';
  return reason.length > LONGEST_REASON ? 'too-long' : undefined;
}

/** What may be done to a session as a whole. */
type Ending = 'cancel' | 'postpone';

/** Calling a session off, or taking its date away: who will be told is shown first. */
@Controller('staff/sessions/:session')
export class SessionEndingPagesController {
  constructor(
    private readonly deeds: SessionDeeds,
    private readonly pages: PageRenderer,
  ) {}

  @Get('cancel')
  @ForRoles('admin', 'manager', 'coordinator')
  askCancel(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    return this.ask('cancel', { request, reply, actor, id });
  }

  @Post('cancel')
  @ForRoles('admin', 'manager', 'coordinator')
  cancel(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: Record<string, unknown>,
  ): Promise<void> {
    return this.end('cancel', { request, reply, actor, id }, body);
  }

  @Get('postpone')
  @ForRoles('admin', 'manager', 'coordinator')
  askPostpone(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    return this.ask('postpone', { request, reply, actor, id });
  }

  @Post('postpone')
  @ForRoles('admin', 'manager', 'coordinator')
  postpone(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: Record<string, unknown>,
  ): Promise<void> {
    return this.end('postpone', { request, reply, actor, id }, body);
  }

  private async ask(ending: Ending, { request: { locale }, reply, actor, id }: Asked): Promise<void> {
    const row = await this.deeds.managed(actor, id);
    const model = await this.model(ending, actor, row, locale);
    await this.pages.send(reply, VIEW, { title: wordsOf(ending, locale).title }, model);
  }

  private async end(
    ending: Ending,
    { request: { locale }, reply, actor, id }: Asked,
    body: Record<string, unknown>,
  ): Promise<void> {
    const row = await this.deeds.managed(actor, id);
    const { title } = wordsOf(ending, locale);
    const reason = formText(body, 'reason').trim();
    const flaw = flawOf(reason);
    if (flaw) {
      const error = fieldDetail(locale, { pointer: '/reason', code: flaw });
      const errors = [{ field: 'reason', text: error }];
      const model = { ...(await this.model(ending, actor, row, locale)), reason, error, errors };
      return this.pages.refuse(reply, VIEW, { title }, model, INVALID);
    }
    const seen = formText(body, 'revision');
    const revision = /^\d{1,9}$/.test(seen) ? Number(seen) : undefined;
    try {
      await this.deeds[ending](actor, row.id, reason, revision);
    } catch (error) {
      if (!(error instanceof SessionChanged)) throw error;
      const model = { ...(await this.model(ending, actor, row, locale)), reason, isStale: true };
      return this.pages.refuse(reply, VIEW, { title }, model, CONFLICT);
    }
    const params = { city: inLanguage(row.cityName, locale) };
    await this.pages.redirect(reply, `/staff/sessions/${row.id}`, {
      kind: 'success',
      key: `tours:staff.${ending}Done`,
      params,
    });
  }

  private async model(ending: Ending, actor: StaffActor, row: SessionRow, locale: Locale): Promise<object> {
    const told = await this.deeds.rehearse(actor, row.id, { kind: ending });
    return {
      words: wordsOf(ending, locale),
      session: t(locale, 'tours:session.title', {
        course: inLanguage(row.course.title, locale),
        city: inLanguage(row.cityName, locale),
      }),
      day: daysOf(row.units, locale),
      action: `/${locale}/staff/sessions/${row.id}/${ending}`,
      backHref: `/${locale}/staff/sessions/${row.id}`,
      revision: row.revision,
      told: presentTold(told, row.id, locale),
    };
  }
}

function wordsOf(ending: Ending, locale: Locale) {
  const words = (key: string): string => t(locale, `tours:staff.${ending}${key}`);
  return {
    title: words('Title'),
    lead: ending === 'postpone' ? words('Lead') : '',
    reason: words('Reason'),
    yes: words('Yes'),
    glyph: ending === 'postpone' ? 'calendar-x' : 'ban',
  };
}
