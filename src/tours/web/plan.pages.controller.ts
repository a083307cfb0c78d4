import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { Half } from '../planner/problem.js';
import { SessionClash } from '../session.errors.js';
import { PlanDesk } from './plan-desk.js';
import { presentPlanPage } from './plan-page.presenter.js';
import { blankSave, presentSave, readSave, type TypedSave, typedSaveOf } from './plan-save-form.js';

const VIEW = 'tours/web/views/plan.hbs';
const CONFLICT = 409;
const INVALID = 422;
/** Seconds until a page whose plan is still looked for asks again. */
const ASK_AGAIN = '2';

/** A plan: looked for, looked at, put right by hand, saved. */
@ApiExcludeController()
@Controller('staff/plans')
export class PlanPagesController {
  constructor(
    private readonly desk: PlanDesk,
    private readonly pages: PageRenderer,
  ) {}

  @Get(':plan')
  @ForRoles('admin', 'manager', 'coordinator')
  async one(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('plan') id: string,
  ): Promise<void> {
    const model = await this.model(actor, id, locale, blankSave(locale));
    // Without a script the page comes again by itself, until there is a plan.
    if (model.plan.state === 'looking') void reply.header('refresh', ASK_AGAIN);
    await this.pages.send(reply, VIEW, { title: titleOf(locale) }, model);
  }

  @Post(':plan/adjust')
  @ForRoles('admin', 'manager', 'coordinator')
  async adjust(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('plan') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const { row } = await this.desk.view(actor, id);
    const placements = row.wanted.stops.flatMap((_, i) => {
      const [teamId, localDate] = [formText(body, `team-${i}`), formText(body, `date-${i}`)];
      const half: Half = formText(body, `half-${i}`) === '1' ? 1 : 0;
      return teamId === '' ? [] : [{ id: String(i), teamId, localDate, half }];
    });
    try {
      await this.desk.adjust(actor, id, revisionOf(body), placements);
    } catch (error) {
      const words = wordsOf(error, locale);
      if (!words) throw error;
      const model = await this.model(actor, id, locale, blankSave(locale));
      const status = error instanceof InvalidFields ? INVALID : CONFLICT;
      return this.pages.refuse(reply, VIEW, { title: titleOf(locale) }, { ...model, words }, status);
    }
    await this.pages.redirect(reply, `/staff/plans/${id}`);
  }

  @Post(':plan/save')
  @ForRoles('admin', 'manager', 'coordinator')
  async save(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('plan') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    // Somebody else's is not there, whatever was typed.
    await this.desk.view(actor, id);
    const typed = typedSaveOf(body);
    const { sessions, errors } = readSave(typed);
    try {
      if (errors.length > 0) throw new InvalidFields(errors);
      const { tourId, stopIds } = await this.desk.save(actor, id, revisionOf(body), sessions);
      const flash = {
        kind: 'success' as const,
        key: 'tours:planPage.saved',
        params: { count: stopIds.length },
      };
      return await this.pages.redirect(reply, `/staff/tours/${tourId}`, flash);
    } catch (error) {
      await this.refuse(reply, locale, { actor, id, typed, error });
    }
  }

  private async refuse(
    reply: FastifyReply,
    locale: Locale,
    { actor, id, typed, error }: { actor: StaffActor; id: string; typed: TypedSave; error: unknown },
  ): Promise<void> {
    const isKnown = error instanceof InvalidFields || error instanceof SessionClash;
    const words = isKnown ? undefined : wordsOf(error, locale);
    if (!isKnown && !words) throw error;
    const refusal = {
      ...(error instanceof InvalidFields ? { errors: error.errors } : {}),
      ...(error instanceof SessionClash ? { clash: error } : {}),
    };
    const model = await this.model(actor, id, locale, typed, refusal);
    const status = error instanceof InvalidFields ? INVALID : CONFLICT;
    await this.pages.refuse(reply, VIEW, { title: titleOf(locale) }, { ...model, words }, status);
  }

  private async model(
    actor: StaffActor,
    id: string,
    locale: Locale,
    typed: TypedSave,
    refusal: Parameters<typeof presentSave>[3] = {},
  ) {
    const view = await this.desk.view(actor, id);
    const { names, courses } = await this.desk.choices(view);
    return { plan: presentPlanPage(view, names, locale), save: presentSave(typed, courses, locale, refusal) };
  }
}

const titleOf = (locale: Locale): string => t(locale, 'tours:planPage.title');

const revisionOf = (body: FormBody): number => {
  const text = formText(body, 'revision');
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
};

/** What a refusal says, where it is no fault of ours and not about a plan that is not there. */
function wordsOf(error: unknown, locale: Locale): string | undefined {
  if (!(error instanceof DomainError) || error instanceof NotFound) return undefined;
  if (error instanceof InvalidFields) return error.errors.map((one) => fieldDetail(locale, one)).join(' ');
  return t(locale, `errors:${error.code}.detail`);
}
