import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { presentTold, type SessionRow } from '../../tours/public.js';
import { MoveChanged } from '../seat-move/seat-move.errors.js';
import { SeatMoves } from '../seat-move/seat-moves.js';
import { countsOf } from './seat-move.api.controller.js';
import { flawsOf, keptOf, type MoveForm, readForm, requestOf } from './seat-move-form.js';
import { SeatMoveChoices } from './seat-move-choices.js';
import { presentPreview } from './seat-move.view.js';
import { sessionWords } from './session-desk.js';

const FORM = 'enrolment/web/views/seat-move.hbs';
const PREVIEW = 'enrolment/web/views/seat-move-confirm.hbs';
const CONFLICT = 409;
const INVALID = 422;

/** Moving many people to another session: chosen, looked at, done. */
@ApiExcludeController()
@Controller('staff/sessions/:session/move')
export class SeatMovePagesController {
  constructor(
    private readonly moves: SeatMoves,
    private readonly choices: SeatMoveChoices,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async ask(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const row = await this.moves.session(actor, id);
    const model = await this.choices.model(actor, row, readForm(query), locale);
    await this.pages.send(reply, FORM, { title: titleOf(locale) }, model);
  }

  @Post()
  @ForRoles('admin', 'manager', 'coordinator')
  async move(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: Record<string, unknown>,
  ): Promise<void> {
    const row = await this.moves.session(actor, id);
    const form = readForm(body);
    const flaws = flawsOf(form).map(({ field, key }) => ({ field, text: t(locale, key) }));
    if (flaws.length > 0) {
      const model = {
        ...(await this.choices.model(actor, row, form, locale)),
        errors: flaws,
        toError: flaws.find(({ field }) => field === 'to')?.text,
      };
      return this.pages.refuse(reply, FORM, { title: titleOf(locale) }, model, INVALID);
    }
    if (body['confirm'] !== '1') {
      const model = await this.preview(actor, row, form, locale);
      return this.pages.send(reply, PREVIEW, { title: titleOf(locale) }, model);
    }
    try {
      const { lines } = await this.moves.move(actor, requestOf(form, row.id), locale);
      const { booked, offered, waiting } = countsOf(lines);
      await this.pages.redirect(reply, `/staff/sessions/${form.to}/concerned`, {
        kind: 'success',
        key: 'enrolment:move.done',
        params: { count: booked + offered + waiting },
      });
    } catch (error) {
      if (!(error instanceof MoveChanged)) throw error;
      const model = { ...(await this.preview(actor, row, { ...form, plan: '' }, locale)), isStale: true };
      await this.pages.refuse(reply, PREVIEW, { title: titleOf(locale) }, model, CONFLICT);
    }
  }

  private async preview(actor: StaffActor, row: SessionRow, form: MoveForm, locale: Locale): Promise<object> {
    const seen = await this.moves.preview(actor, requestOf({ ...form, plan: '' }, row.id), locale);
    const to = await this.moves.session(actor, form.to);
    const here = `/${locale}/staff/sessions/${row.id}/move`;
    const back = new URLSearchParams(
      keptOf(form, '')
        .filter(({ name }) => name !== 'plan' && name !== 'confirm')
        .map(({ name, value }) => [name, value]),
    );
    return {
      places: [
        { term: t(locale, 'enrolment:move.from'), text: sessionWords(row, locale) },
        { term: t(locale, 'enrolment:move.to'), text: sessionWords(to, locale) },
      ],
      action: here,
      backHref: `${here}?${back.toString()}`,
      kept: keptOf(form, seen.plan),
      preview: presentPreview(seen, locale),
      told: { ...presentTold(seen.told, row.id, locale), namesHref: '' },
    };
  }
}

function titleOf(locale: Locale): string {
  return t(locale, 'enrolment:move.title');
}
