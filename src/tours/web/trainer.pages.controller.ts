import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { DaysOffOverlap } from '../trainers/trainer.errors.js';
import { TrainerService } from '../trainers/trainer.service.js';
import { presentTrainer, presentTrainers, type TypedDaysOff } from './trainer.view.js';

const VIEW = 'tours/web/views/trainer.hbs';
const CONFLICT = 409;
const INVALID = 422;

/** Where trainers set out from, what they may teach, and when they cannot: for those who plan, and for themselves. */
@ApiExcludeController()
@Controller('staff')
export class TrainerPagesController {
  constructor(
    private readonly trainers: TrainerService,
    private readonly pages: PageRenderer,
  ) {}

  @Get('trainers')
  @ForRoles('admin', 'manager', 'coordinator')
  async list(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
  ): Promise<void> {
    const model = { trainers: presentTrainers(await this.trainers.list(actor), locale) };
    const title = t(locale, 'tours:trainer.title');
    await this.pages.send(reply, 'tours/web/views/trainers.hbs', { title }, model);
  }

  /** One's own page has an address that needs no id. */
  @Get('availability')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async own(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
  ): Promise<void> {
    const title = t(locale, 'tours:trainer.own');
    await this.pages.send(reply, VIEW, { title }, await this.model(actor, actor.accountId, locale));
  }

  @Get('trainers/:trainer')
  @ForRoles('admin', 'manager', 'coordinator')
  async one(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('trainer') id: string,
  ): Promise<void> {
    const model = await this.model(actor, id, locale);
    await this.pages.send(reply, VIEW, { title: model.trainer.name }, model);
  }

  @Post('trainers/:trainer')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async change(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('trainer') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const homeCity = formText(body, 'homeCity') || null;
    const saysCourses = formText(body, 'saysCourses') !== '';
    const courses = saysCourses ? { courses: formTexts(body, 'courses') } : {};
    await this.trainers.change(actor, id, { homeCity, ...courses });
    await this.pages.redirect(reply, addressOf(actor, id), { kind: 'success', key: 'tours:trainer.saved' });
  }

  @Post('trainers/:trainer/days-off')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async add(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('trainer') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const from = formText(body, 'from');
    const days = { from, to: formText(body, 'to') || from };
    try {
      await this.trainers.addDaysOff(actor, id, days);
    } catch (error) {
      const isTaken = error instanceof DaysOffOverlap;
      if (!isTaken && !(error instanceof InvalidFields)) throw error;
      const errors = isTaken
        ? []
        : error.errors.map((one) => ({ field: one.pointer.slice(1), text: fieldDetail(locale, one) }));
      const words = isTaken ? t(locale, 'errors:days-off-overlap.detail') : undefined;
      const model = await this.model(actor, id, locale, { ...days, errors, words });
      const status = isTaken ? CONFLICT : INVALID;
      return this.pages.refuse(reply, VIEW, { title: t(locale, 'tours:trainer.daysOff') }, model, status);
    }
    await this.pages.redirect(reply, addressOf(actor, id), {
      kind: 'success',
      key: 'tours:trainer.daysSaved',
    });
  }

  @Post('trainers/:trainer/days-off/:days/delete')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  async drop(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('trainer') id: string,
    @Param('days') days: string,
  ): Promise<void> {
    await this.trainers.dropDaysOff(actor, id, days);
    await this.pages.redirect(reply, addressOf(actor, id), {
      kind: 'success',
      key: 'tours:trainer.daysGone',
    });
  }

  private async model(actor: StaffActor, id: string, locale: Locale, typed?: TypedDaysOff) {
    const { trainer, plansWith } = await this.trainers.find(actor, id);
    const choices = plansWith ? await this.trainers.courses(actor) : [];
    const base = `/${locale}/staff/trainers/${trainer.id}`;
    return {
      trainer: presentTrainer(trainer, { choices, typed, base }, locale),
      isOwn: id === actor.accountId,
      saysCourses: plansWith,
    };
  }
}

function addressOf(actor: StaffActor, id: string): string {
  return id === actor.accountId ? '/staff/availability' : `/staff/trainers/${id}`;
}
