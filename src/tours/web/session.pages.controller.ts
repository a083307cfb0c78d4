import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { Public } from '../../shared/access/access-rule.js';
import { Clock } from '../../shared/clock/clock.js';
import { t } from '../../shared/i18n/i18n.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { inLanguage } from '../../campaigns/public.js';
import { SessionQuery } from '../session.query.js';
import { presentCard, presentSessionPage } from './session.view.js';

/** Cards of one page of the list. */
const PAGE = 30;

/** The first text of a member that may come several times; none when it holds NUL, which no form of a browser sends. */
export function textOf(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && !first.includes('\0') ? first.trim() : '';
}

/** Pages that everybody sees: sessions to come, by city, and each session. */
@Controller()
export class SessionPagesController {
  constructor(
    private readonly sessions: SessionQuery,
    private readonly clock: Clock,
    private readonly pages: PageRenderer,
    private readonly config: AppConfig,
  ) {}

  @Get('sessions')
  @Public()
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const { locale } = request;
    const now = this.clock.now();
    const city = textOf(query['city']);
    const after = readCursor(textOf(query['cursor']));
    const rows = await this.sessions.upcoming(now, city ? { city } : {}, after, PAGE);
    const { items, next } = pageOf(rows, PAGE, ({ startsAt, id }) => ({ at: startsAt, id }));
    const cities = await this.sessions.upcomingCities(now);
    const options = cities
      .map(({ slug, name }) => ({ value: slug, label: inLanguage(name, locale) }))
      .sort((a, b) => a.label.localeCompare(b.label, locale));
    const path = `/${locale}/sessions`;
    const filtered = city ? `?city=${encodeURIComponent(city)}` : '';
    const model = {
      city,
      action: path,
      options: [{ value: '', label: t(locale, 'tours:list.allCities') }, ...options],
      cards: items.map((row) => presentCard(row, locale, now)),
      ...(after ? { firstHref: `${path}${filtered}` } : {}),
      ...(next ? { nextHref: `${path}${filtered || '?'}${filtered ? '&' : ''}cursor=${next}` } : {}),
    };
    await this.pages.send(
      reply,
      'tours/web/views/sessions.hbs',
      { title: t(locale, 'tours:list.title') },
      model,
    );
  }

  @Get('sessions/:session')
  @Public()
  async one(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('session') id: string,
  ): Promise<void> {
    const { locale } = request;
    const row = await this.sessions.get(id);
    const origin = this.config.PUBLIC_URL ?? `${request.protocol}://${request.host}`;
    const session = presentSessionPage(row, locale, this.clock.now(), origin);
    const title = t(locale, 'tours:session.title', { course: session.course, city: session.city });
    await this.pages.send(reply, 'tours/web/views/session.hbs', { title }, { session });
  }
}
