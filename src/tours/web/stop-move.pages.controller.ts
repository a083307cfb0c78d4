import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { formatDay } from '../../shared/clock/format-date.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { inLanguage } from '../../campaigns/public.js';
import { SessionClash } from '../session.errors.js';
import { type MovePreview, type StopMove, StopMoveService } from '../stop-move.service.js';
import { StopService } from '../stop.service.js';
import type { StopRow } from '../tour.query.js';
import { TourKeeping } from '../tour-keeping.service.js';
import { presentQuestions, reasonsOf } from './clash-questions.js';

const VIEW = 'tours/web/views/stop-move.hbs';
const CONFLICT = 409;
const INVALID = 422;
const OK = 200;

interface Typed {
  localDate: string;
  shiftRest: boolean;
  reasons: Record<string, string>;
}

/** Moving a stop: asked, looked at, confirmed. Without script. */
@ApiExcludeController()
@Controller('staff/stops')
export class StopMovePagesController {
  constructor(
    private readonly stops: StopService,
    private readonly moving: StopMoveService,
    private readonly keeping: TourKeeping,
    private readonly pages: PageRenderer,
  ) {}

  @Get(':stop/move')
  @ForRoles('admin', 'manager', 'coordinator')
  async ask(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('stop') id: string,
  ): Promise<void> {
    const stop = await this.stops.stopFor(actor, id);
    const typed = { localDate: stop.localDate, shiftRest: false, reasons: {} };
    const model = frameOf(stop, typed, locale);
    await this.pages.send(reply, VIEW, { title: model.title }, { move: model });
  }

  @Post(':stop/move')
  @ForRoles('admin', 'manager', 'coordinator')
  async move(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('stop') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const stop = await this.stops.stopFor(actor, id);
    const typed: Typed = {
      localDate: formText(body, 'localDate'),
      shiftRest: formText(body, 'shiftRest') !== '',
      reasons: reasonsOf(body),
    };
    const move: StopMove = { ...typed };
    const seen = formText(body, 'seen');
    try {
      if (seen !== '') {
        const moves = await this.moving.move(actor, id, move, seen);
        const flash = { kind: 'success' as const, key: 'tours:move.done', params: { count: moves.length } };
        return await this.pages.redirect(reply, `/staff/tours/${stop.tourId}`, flash);
      }
      const preview = await this.moving.rehearse(actor, id, move);
      await this.show(reply, locale, { stop, typed, preview });
    } catch (error) {
      if (error instanceof SessionClash) {
        // Something was taken since it was looked at: it is looked at again.
        const preview = await this.moving.rehearse(actor, id, move);
        return this.show(reply, locale, { stop, typed, preview });
      }
      await this.refuse(reply, locale, { stop, typed, error });
    }
  }

  @Post(':stop/delete')
  @ForRoles('admin', 'manager', 'coordinator')
  async remove(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('stop') id: string,
  ): Promise<void> {
    const stop = await this.stops.stopFor(actor, id);
    try {
      await this.keeping.removeStop(actor, id);
      const flash = { kind: 'success' as const, key: 'tours:move.deleted' };
      return await this.pages.redirect(reply, `/staff/tours/${stop.tourId}`, flash);
    } catch (error) {
      const typed = { localDate: stop.localDate, shiftRest: false, reasons: {} };
      await this.refuse(reply, locale, { stop, typed, error });
    }
  }

  private async show(
    reply: FastifyReply,
    locale: Locale,
    { stop, typed, preview }: { stop: StopRow; typed: Typed; preview: MovePreview },
  ): Promise<void> {
    const model = { ...frameOf(stop, typed, locale), ...previewOf(preview, typed, locale) };
    if (preview.clash)
      return this.pages.refuse(reply, VIEW, { title: model.title }, { move: model }, CONFLICT);
    // A question is no thing made.
    void reply.status(OK);
    await this.pages.send(reply, VIEW, { title: model.title }, { move: model });
  }

  private async refuse(
    reply: FastifyReply,
    locale: Locale,
    { stop, typed, error }: { stop: StopRow; typed: Typed; error: unknown },
  ): Promise<void> {
    if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
    const isInvalid = error instanceof InvalidFields;
    const errors = isInvalid
      ? error.errors.map((one) => ({
          field: one.pointer.split('/')[1] ?? '',
          text: fieldDetail(locale, one),
        }))
      : [];
    const words = isInvalid ? undefined : t(locale, `errors:${error.code}.detail`);
    const model = { ...frameOf(stop, typed, locale), errors, words };
    await this.pages.refuse(
      reply,
      VIEW,
      { title: model.title },
      { move: model },
      isInvalid ? INVALID : CONFLICT,
    );
  }
}

function frameOf(stop: StopRow, { localDate, shiftRest }: Typed, locale: Locale) {
  const base = `/${locale}/staff/stops/${stop.id}`;
  return {
    title: t(locale, 'tours:move.title', { city: inLanguage(stop.cityName, locale) }),
    now: t(locale, 'tours:move.now', { day: formatDay(stop.localDate, locale), team: stop.teamName }),
    action: `${base}/move`,
    deleteAction: `${base}/delete`,
    backHref: `/${locale}/staff/tours/${stop.tourId}`,
    localDate,
    shiftRest,
  };
}

function previewOf({ moves, later, people, seen, clash }: MovePreview, { reasons }: Typed, locale: Locale) {
  return {
    ...presentQuestions(clash, reasons, locale),
    isLookedAt: true,
    seen: (clash?.clashes.length ?? 0) > 0 ? undefined : seen,
    moves: moves.map(({ stop, to, sessions }) =>
      t(locale, 'tours:move.line', {
        city: inLanguage(stop.cityName, locale),
        from: formatDay(stop.localDate, locale),
        to: formatDay(to, locale),
        sessions: t(locale, 'tours:tourList.sessions', { count: sessions.length }),
      }),
    ),
    later: later > 0 ? t(locale, 'tours:move.later', { count: later }) : undefined,
    people: t(locale, 'tours:move.people', { count: people }),
  };
}
