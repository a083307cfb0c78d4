import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor, CurrentPerson } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { isUuid } from '../../shared/new-id.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { Booking } from '../enrolment-status.js';
import { isLive } from '../enrolment-status.js';
import { MyEnrolmentsQuery } from '../my-enrolments.query.js';
import { OpenLinkQuery } from '../open-link.query.js';
import { SeatChangeService } from '../seat-change.service.js';
import { mySessionsView } from './my-sessions.view.js';
import { seatWords } from './seat-words.js';

const LIST = 'enrolment/web/views/my-sessions.hbs';
const CANCEL = 'enrolment/web/views/cancel-seat.hbs';
/** Nobody has more; the API pages through the rest. */
const SHOWN = 200;

interface Person {
  id: string;
}

/** One's own seats, and what one does about them. */
@ApiExcludeController()
@Controller('my/sessions')
export class MySessionsController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly clock: Clock,
    private readonly mine: MyEnrolmentsQuery,
    private readonly links: OpenLinkQuery,
    private readonly changes: SeatChangeService,
  ) {}

  @Get()
  @ForPerson()
  async list(
    @CurrentPerson() person: Person,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const rows = await this.mine.page(person.id, undefined, SHOWN);
    const shown = { locale: request.locale, now: this.clock.now(), open: await this.links.of(rows) };
    const view = mySessionsView(rows, shown);
    await this.pages.send(reply, LIST, { title: t(request.locale, 'enrolment:mine.title') }, view);
  }

  @Get(':enrolment/cancel')
  @ForPerson()
  async ask(
    @CurrentPerson() person: Person,
    @Param('enrolment') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const row = isUuid(id) ? await this.mine.one(person.id, id) : undefined;
    if (!row) throw new NotFound('enrolment');
    if (!isLive(row.enrolmentStatus)) return this.pages.redirect(reply, '/my/sessions');
    const { locale } = reply.request;
    const isQueue = row.enrolmentStatus === 'waiting';
    const words = { ...seatWords(row, locale, this.clock.now()) };
    const title = t(locale, isQueue ? 'enrolment:cancel.titleQueue' : 'enrolment:cancel.title');
    const question = t(locale, isQueue ? 'enrolment:cancel.queue' : 'enrolment:cancel.seat', words);
    const yes = t(locale, isQueue ? 'enrolment:cancel.yesQueue' : 'enrolment:cancel.yes');
    await this.pages.send(reply, CANCEL, { title }, { id, title, question, yes });
  }

  @Post(':enrolment/cancel')
  @ForPerson()
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('enrolment') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.settle(reply, this.changes.cancel(actor, id), 'enrolment:flash.cancelled');
  }

  @Post(':enrolment/accept')
  @ForPerson()
  async accept(
    @CurrentActor() actor: Actor,
    @Param('enrolment') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.settle(reply, this.changes.accept(actor, id), 'enrolment:flash.accepted');
  }

  @Post(':enrolment/decline')
  @ForPerson()
  async decline(
    @CurrentActor() actor: Actor,
    @Param('enrolment') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.settle(reply, this.changes.decline(actor, id), 'enrolment:flash.declined');
  }

  /** Back to the list with a sentence: what was done, or why it could not be. */
  private async settle(reply: FastifyReply, change: Promise<Booking>, key: string): Promise<void> {
    try {
      await change;
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'conflict') throw error;
      await this.pages.redirect(reply, '/my/sessions', {
        kind: 'warning',
        key: `errors:${error.code}.detail`,
      });
      return;
    }
    await this.pages.redirect(reply, '/my/sessions', { kind: 'success', key });
  }
}
