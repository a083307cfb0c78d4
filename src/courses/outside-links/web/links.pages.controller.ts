import { Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForRoles } from '../../../shared/access/access-rule.js';
import { t } from '../../../shared/i18n/i18n.js';
import { PageRenderer } from '../../../shared/web/page-renderer.js';
import { Author, type AuthorRequest } from '../../web/author-request.js';
import { LinkChecks } from '../link-checks.service.js';
import { LinksJustChecked } from '../outside-links.errors.js';
import { presentLinks } from './links.presenter.js';

/** Seconds after which the page of a running check is asked for again. */
const LOOK_AGAIN_SECONDS = 3;

/** Links of a course to other sites: what is known of each, and the button that asks them. */
@Controller('staff/courses/:course/links')
export class LinksPagesController {
  constructor(
    private readonly checks: LinkChecks,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'trainer')
  async show(@Res() reply: FastifyReply, @Author() { course, locale }: AuthorRequest): Promise<void> {
    const state = await this.checks.state(course);
    if (state.job) void reply.header('refresh', String(LOOK_AGAIN_SECONDS));
    const title = t(locale, 'courses:links.title');
    const view = 'courses/outside-links/web/views/links.hbs';
    await this.pages.send(reply, view, { title }, presentLinks(course, state, locale));
  }

  @Post()
  @ForRoles('admin', 'manager', 'trainer')
  async start(@Res() reply: FastifyReply, @Author() { actor, course, home }: AuthorRequest): Promise<void> {
    try {
      await this.checks.start(actor, course);
      await this.pages.redirect(reply, `${home}/links`);
    } catch (error) {
      if (!(error instanceof LinksJustChecked)) throw error;
      const flash = { kind: 'info' as const, key: `errors:${error.code}.detail` };
      await this.pages.redirect(reply, `${home}/links`, flash);
    }
  }
}
