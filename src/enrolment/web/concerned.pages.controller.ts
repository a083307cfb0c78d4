import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { PAGE_SIZE } from '../../shared/paging/cursor.js';
import { formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { type Concerned, SessionDesk, sessionWords } from './session-desk.js';

function lineOf({ name, status, language, way, confirmation }: Concerned, locale: Locale) {
  return {
    cells: [
      { text: name },
      { text: t(locale, `enrolment:state.${status}`) },
      { text: language ? t(locale, `enrolment:concerned.languages.${language}`) : '–' },
      { text: t(locale, `enrolment:concerned.ways.${way}`) },
      { text: confirmation ? t(locale, `enrolment:concerned.confirmations.${confirmation}`) : '–' },
    ],
  };
}

/** The names behind the figures that are shown before a change. */
@ApiExcludeController()
@Controller('staff/sessions/:session/concerned')
export class ConcernedPagesController {
  constructor(
    private readonly desk: SessionDesk,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async list(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const row = await this.desk.session(actor, id);
    const cursor = formText(query, 'cursor') || undefined;
    const { items, next } = await this.desk.concerned(row, { cursor, limit: PAGE_SIZE }, locale);
    const here = `/${locale}/staff/sessions/${row.id}/concerned`;
    await this.pages.send(
      reply,
      'enrolment/web/views/concerned.hbs',
      { title: t(locale, 'enrolment:concerned.title') },
      {
        session: sessionWords(row, locale),
        sessionHref: `/${locale}/staff/sessions/${row.id}`,
        columns: ['person', 'status', 'language', 'way', 'confirmation'].map((key) => ({
          label: t(locale, `enrolment:concerned.${key}`),
        })),
        rows: items.map((one) => lineOf(one, locale)),
        shown: t(locale, 'enrolment:concerned.count', { count: items.length }),
        ...(cursor ? { firstHref: here } : {}),
        ...(next ? { nextHref: `${here}?cursor=${next}` } : {}),
      },
    );
  }
}
