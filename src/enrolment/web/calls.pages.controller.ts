import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CALL_OUTCOMES, CallList, LONGEST_NOTE } from '../../messages/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { MAX_PAGE_SIZE, PAGE_SIZE } from '../../shared/paging/cursor.js';
import { formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { presentCalls, presentPrint, type RefusedCall } from './calls.view.js';
import { SessionDesk } from './session-desk.js';

const VIEWS = 'enrolment/web/views';
const CONFLICT = 409;
const INVALID = 422;
/** Pages of a list that go on paper; a list longer than that is called from the screen. */
const PRINTED_PAGES = 5;

interface Asked {
  request: FastifyRequest;
  reply: FastifyReply;
  actor: StaffActor;
  session: string;
}

/** The list from which a coordinator calls. */
@ApiExcludeController()
@Controller('staff/sessions/:session/calls')
export class CallsPagesController {
  constructor(
    private readonly desk: SessionDesk,
    private readonly calls: CallList,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') session: string,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const title = t(request.locale, 'enrolment:call.title');
    await this.pages.send(
      reply,
      `${VIEWS}/calls.hbs`,
      { title },
      await this.model({ request, reply, actor, session }, query),
    );
  }

  @Get('print')
  @ForRoles('admin', 'manager', 'coordinator')
  async print(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') session: string,
  ): Promise<void> {
    const row = await this.desk.session(actor, session);
    const lines = [];
    let cursor: string | undefined;
    for (let page = 0; page < PRINTED_PAGES; page += 1) {
      const { items, next } = await this.desk.callList(
        row,
        { show: 'open', cursor, limit: MAX_PAGE_SIZE },
        locale,
      );
      lines.push(...items);
      if (!next) break;
      cursor = next;
    }
    const title = t(locale, 'enrolment:call.title');
    await this.pages.send(reply, `${VIEWS}/calls-print.hbs`, { title }, presentPrint(row, lines, locale));
  }

  @Post(':call/take')
  @ForRoles('admin', 'manager', 'coordinator')
  async take(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') session: string,
    @Param('call') call: string,
  ): Promise<void> {
    const asked = { request, reply, actor, session };
    const row = await this.desk.session(actor, session);
    const refused = await this.tried(asked, { id: call, note: '', outcome: '' }, async () => {
      await this.calls.take(actor, row.id, call);
    });
    if (refused) return this.refuse(asked, refused, CONFLICT);
    await this.pages.redirect(reply, `/staff/sessions/${row.id}/calls#call-${call}`, {
      kind: 'success',
      key: 'enrolment:call.flash.taken',
    });
  }

  @Post(':call/outcome')
  @ForRoles('admin', 'manager', 'coordinator')
  async settle(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') session: string,
    @Param('call') call: string,
    @Body() body: Record<string, unknown>,
  ): Promise<void> {
    const asked = { request, reply, actor, session };
    const row = await this.desk.session(actor, session);
    await this.calls.assertKnown(row.id, call);
    const typed = { id: call, note: formText(body, 'note'), outcome: formText(body, 'outcome') };
    const flaw = flawOf(typed, request.locale);
    if (flaw) return this.refuse(asked, { ...typed, ...flaw }, INVALID);
    const outcome = CALL_OUTCOMES.find((one) => one === typed.outcome) ?? 'no-answer';
    const refused = await this.tried(asked, typed, () =>
      this.calls.settle(actor, row.id, call, { outcome, note: typed.note }),
    );
    if (refused) return this.refuse(asked, refused, CONFLICT);
    await this.pages.redirect(reply, `/staff/sessions/${row.id}/calls`, {
      kind: 'success',
      key: 'enrolment:call.flash.noted',
    });
  }

  /** @returns what a conflict says beside its line */
  private async tried(
    { request: { locale } }: Asked,
    typed: Pick<RefusedCall, 'id' | 'note' | 'outcome'>,
    deed: () => Promise<void>,
  ): Promise<RefusedCall | undefined> {
    try {
      await deed();
      return undefined;
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      return { ...typed, field: 'line', error: t(locale, `errors:${error.code}.detail`, error.params) };
    }
  }

  private async refuse(asked: Asked, refused: RefusedCall, status: number): Promise<void> {
    const { request, reply } = asked;
    const title = t(request.locale, 'enrolment:call.title');
    // The line may not be open any more: the whole list shows it.
    const model = await this.model(asked, { show: 'all' }, refused);
    await this.pages.refuse(reply, `${VIEWS}/calls.hbs`, { title }, model, status);
  }

  private async model(
    { request: { locale }, actor, session }: Asked,
    query: Record<string, unknown>,
    refused?: RefusedCall,
  ): Promise<object> {
    const row = await this.desk.session(actor, session);
    const show = formText(query, 'show') === 'all' ? 'all' : 'open';
    const cursor = formText(query, 'cursor') || undefined;
    const limit = refused ? MAX_PAGE_SIZE : PAGE_SIZE;
    const list = await this.desk.callList(row, { show, cursor, limit }, locale);
    const here = `/${locale}/staff/sessions/${row.id}/calls`;
    const of = show === 'all' ? 'show=all&' : '';
    return {
      ...presentCalls(row, list, { me: actor.accountId, show, refused }, locale),
      ...(cursor ? { firstHref: show === 'all' ? `${here}?show=all` : here } : {}),
      ...(list.next ? { nextHref: `${here}?${of}cursor=${list.next}` } : {}),
    };
  }
}

/** What is wrong with a form, in words. */
function flawOf(
  { outcome, note }: Pick<RefusedCall, 'outcome' | 'note'>,
  locale: Locale,
): Pick<RefusedCall, 'field' | 'error'> | undefined {
  if (!CALL_OUTCOMES.some((one) => one === outcome)) {
    const code = outcome === '' ? 'required' : 'not-a-choice';
    return { field: 'outcome', error: fieldDetail(locale, { pointer: '/outcome', code }) };
  }
  if (note.length <= LONGEST_NOTE) return undefined;
  const params = { max: LONGEST_NOTE };
  return { field: 'note', error: fieldDetail(locale, { pointer: '/note', code: 'too-long', params }) };
}
