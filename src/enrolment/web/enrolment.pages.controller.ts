import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RoleNotAllowed } from '../../shared/access/access.errors.js';
import { Public } from '../../shared/access/access-rule.js';
import type { PhoneActor } from '../../shared/access/actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { DomainError } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { isUuid } from '../../shared/new-id.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { AlreadyEnrolled } from '../enrolment.errors.js';
import { EnrolmentService } from '../enrolment.service.js';
import { MyEnrolmentsQuery } from '../my-enrolments.query.js';
import { refusalView } from './refusal.view.js';
import { seatWords } from './seat-words.js';

const REFUSED = 'enrolment/web/views/refused.hbs';
const CONFLICT = 409;

/** The form on a session's page that takes a seat. */
@ApiExcludeController()
@Controller('sessions')
export class EnrolmentPagesController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly clock: Clock,
    private readonly enrolments: EnrolmentService,
    private readonly mine: MyEnrolmentsQuery,
  ) {}

  /** The address of the form, opened as a page (another language of a refusal, a reload): back to the session. */
  @Get(':session/enrol')
  @Public()
  async back(@Param('session') session: string, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.redirect(reply, isUuid(session) ? `/sessions/${session}` : '/sessions');
  }

  @Post(':session/enrol')
  @Public()
  async enrol(
    @Param('session') session: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor } = request;
    if (actor?.kind === 'staff') throw new RoleNotAllowed();
    if (!actor?.person) {
      // Whoever comes back after the sign-in finds the button again: nothing is booked by a link.
      const next = isUuid(session) ? `/sessions/${session}` : '/sessions';
      const signIn = actor ? '/sign-in/who' : '/sign-in';
      await this.pages.redirect(reply, `${signIn}?next=${encodeURIComponent(next)}`);
      return;
    }
    try {
      await this.seat(reply, actor, actor.person.id, session);
    } catch (error) {
      if (error instanceof AlreadyEnrolled)
        return this.pages.redirect(reply, '/my/sessions', { kind: 'info', key: 'enrolment:flash.already' });
      if (!(error instanceof DomainError) || error.kind !== 'conflict') throw error;
      const title = t(request.locale, `errors:${error.code}.title`, error.params);
      const view = refusalView(error, session, request.locale);
      await this.pages.refuse(reply, REFUSED, { title }, { refusal: { title, ...view } }, CONFLICT);
    }
  }

  private async seat(
    reply: FastifyReply,
    actor: PhoneActor,
    personId: string,
    session: string,
  ): Promise<void> {
    const { locale } = reply.request;
    const booking = await this.enrolments.enrol(actor, session);
    const row = await this.mine.one(personId, booking.id);
    const words = row ? { ...seatWords(row, locale, this.clock.now()) } : {};
    const isBooked = booking.status === 'booked';
    const key = isBooked ? 'enrolment:flash.booked' : 'enrolment:flash.waiting';
    await this.pages.redirect(reply, '/my/sessions', {
      kind: isBooked ? 'success' : 'info',
      key,
      params: { ...words, position: booking.position ?? 0 },
    });
  }
}
