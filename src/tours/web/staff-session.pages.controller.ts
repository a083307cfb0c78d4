import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { isUuid } from '../../shared/new-id.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { inLanguage, mayManage } from '../../campaigns/public.js';
import { SessionQuery } from '../session.query.js';
import { RemoteLinkQuery } from '../remote-link.query.js';
import { SESSION_STATUSES, type SessionRow } from '../session.row.js';
import type { SortDirection, SortKey } from '../staff-session.query.js';
import { SORT_KEYS, type StaffFilter } from '../staff-session.query.js';
import { textOf } from './session.pages.controller.js';
import { SessionNews } from './session-news.js';
import { StaffLists } from './staff-lists.js';
import { csvOf, presentColumns, presentStaffSession, presentTableRow } from './staff-session.view.js';

const ROWS = 50;
/** Rows of a download; far above any campaign. */
const CSV_ROWS = 5000;

/** The table's address, taken apart. */
interface Wanted {
  filter: StaffFilter;
  sort: SortKey;
  direction: SortDirection;
  cursor: string;
}

function wantedOf(query: Record<string, unknown>): Wanted {
  const id = (key: string) => (isUuid(textOf(query[key])) ? textOf(query[key]) : undefined);
  const sort = SORT_KEYS.find((key) => key === query['sort']) ?? 'date';
  // Without a word about the status one comes to plan; the empty choice of the form means all.
  const status =
    query['status'] === undefined ? 'planned' : SESSION_STATUSES.find((one) => one === query['status']);
  const filter = {
    campaignId: id('campaign'),
    city: textOf(query['city']) || undefined,
    teamId: id('team'),
    status,
  };
  return {
    filter,
    sort,
    direction: query['dir'] === 'desc' ? 'desc' : 'asc',
    cursor: textOf(query['cursor']),
  };
}

function address(path: string, { filter, sort, direction }: Omit<Wanted, 'cursor'>, cursor = ''): string {
  const members = {
    campaign: filter.campaignId,
    city: filter.city,
    team: filter.teamId,
    sort,
    dir: direction,
    cursor,
  };
  const given = Object.entries(members).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return `${path}?${new URLSearchParams([...given, ['status', filter.status ?? '']]).toString()}`;
}

/** The coordinator's table and a session's page for its staff. */
@Controller('staff')
export class StaffSessionPagesController {
  constructor(
    private readonly lists: StaffLists,
    private readonly sessions: SessionQuery,
    private readonly links: RemoteLinkQuery,
    private readonly clock: Clock,
    private readonly news: SessionNews,
    private readonly pages: PageRenderer,
  ) {}

  @Get('sessions')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer', 'auditor')
  async table(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const { locale } = request;
    const wanted = wantedOf(query);
    const { rows, next } = await this.lists.sessions(actor, wanted.filter, { ...wanted, limit: ROWS });
    const path = `/${locale}/staff/sessions`;
    const model = {
      alerts: await this.lists.alerts(actor, locale),
      undated: wanted.filter.status === 'postponed' ? undefined : await this.lists.undated(actor, locale),
      action: path,
      filters: await this.lists.choices(actor, wanted.filter, locale),
      sort: wanted.sort,
      direction: wanted.direction,
      columns: presentColumns(locale, wanted, (sort, direction) =>
        address(path, { ...wanted, sort, direction }),
      ),
      rows: rows.map((row) => presentTableRow(row, locale)),
      shown: rows.length,
      csvHref: address(`${path}.csv`, wanted),
      ...(wanted.cursor ? { firstHref: address(path, wanted) } : {}),
      ...(next ? { nextHref: address(path, wanted, next) } : {}),
    };
    await this.pages.send(
      reply,
      'tours/web/views/staff-sessions.hbs',
      { title: t(locale, 'tours:staff.title') },
      model,
    );
  }

  @Get('sessions.csv')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer', 'auditor')
  async csv(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const { filter, sort, direction } = wantedOf(query);
    const { rows } = await this.lists.sessions(actor, filter, { sort, direction, limit: CSV_ROWS });
    // A cell that begins like a formula stays text in a spreadsheet; the mark lets it read UTF-8.
    const csv = stringify(csvOf(rows, request.locale), { bom: true, escape_formulas: true });
    void reply
      .header('cache-control', 'private, no-store')
      .header('content-disposition', 'attachment; filename="sessions.csv"');
    await reply.type('text/csv; charset=utf-8').send(csv);
  }

  @Get('sessions/:session')
  @ForRoles('admin', 'manager', 'coordinator', 'trainer', 'auditor')
  async one(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    const row = await this.sessions.getFor(actor, id);
    await this.pages.send(
      reply,
      'tours/web/views/staff-session.hbs',
      { title: titleOf(row, request.locale) },
      await this.model(row, actor, request.locale),
    );
  }

  private async model(row: SessionRow, actor: StaffActor, locale: Locale): Promise<object> {
    const siblings = await this.sessions.ofStop(row.stopId);
    const manages = mayManage(actor.grants, row);
    const now = this.clock.now();
    const isOpen = row.status === 'postponed' || (row.status === 'planned' && row.endsAt > now);
    const isEditable = manages && isOpen;
    return {
      ...(await this.news.of(actor, row, locale)),
      session: presentStaffSession(row, manages ? siblings : [], locale, {
        mayManage: manages,
        isEditable,
        remoteUrl: await this.links.forStaff(actor, row),
      }),
    };
  }
}

function titleOf(row: SessionRow, locale: Locale): string {
  return t(locale, 'tours:session.title', {
    course: inLanguage(row.course.title, locale),
    city: inLanguage(row.cityName, locale),
  });
}
