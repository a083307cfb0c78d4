import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { FeedService } from '../calendar/feed.service.js';
import { FeedToken } from '../calendar/feed-token.js';
import { presentChoice } from './calendar-feed.presenter.js';

const PATH = '/staff/calendars';

/** Where staff get the address under which their telephone's calendar follows the plan. */
@ApiExcludeController()
@Controller('staff/calendars')
export class CalendarFeedPagesController {
  constructor(
    private readonly feeds: FeedService,
    private readonly token: FeedToken,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator', 'trainer', 'external-trainer')
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
  ): Promise<void> {
    const { locale } = request;
    const choices = await this.feeds.choices(actor);
    const calendars = choices.map((choice) => presentChoice(choice, locale, (id) => this.token.address(id)));
    void reply.header('cache-control', 'private, no-store');
    await this.pages.send(
      reply,
      'tours/web/views/calendars.hbs',
      { title: t(locale, 'tours:calendar.pageTitle') },
      { calendars },
    );
  }

  @Post()
  @ForRoles('admin', 'manager', 'coordinator', 'trainer', 'external-trainer')
  async make(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Body() body: FormBody,
  ): Promise<void> {
    const about = formText(body, 'about');
    await this.feeds.make(actor, about === 'mine' ? null : about, request.locale);
    await this.pages.redirect(reply, PATH, { kind: 'success', key: 'tours:calendar.made' });
  }

  @Post('stop')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer', 'external-trainer')
  async stop(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Body() body: FormBody,
  ): Promise<void> {
    await this.feeds.stop(actor, formText(body, 'feed'));
    await this.pages.redirect(reply, PATH, { kind: 'success', key: 'tours:calendar.stopped' });
  }
}
