import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';

/** What people ask, in the order of their way through the product; `to` is the place where it is done. */
const QUESTIONS: ReadonlyArray<{ id: string; to?: string }> = [
  { id: 'signIn', to: '/sign-in' },
  { id: 'noCode', to: '/sign-in' },
  { id: 'sharedPhone' },
  { id: 'book', to: '/sessions' },
  { id: 'cannotCome', to: '/my/sessions' },
  { id: 'lessons', to: '/courses' },
  { id: 'certificate', to: '/my/certificates' },
  { id: 'check', to: '/v' },
];

/** Help: one number to call, and the answers that people can do without calling. */
@Controller('help')
export class HelpPagesController {
  constructor(private readonly pages: PageRenderer) {}

  @Get()
  @Public()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { locale } = request;
    const questions = QUESTIONS.map(({ id, to }) => ({
      id: `help-${id}`,
      question: t(locale, `portal:help.${id}.question`),
      answer: t(locale, `portal:help.${id}.answer`),
      href: to && `/${locale}${to}`,
      label: to && t(locale, `portal:help.${id}.go`),
    }));
    await this.pages.send(
      reply,
      'portal/web/views/help.hbs',
      { title: t(locale, 'portal:help.title') },
      { questions },
    );
  }
}
