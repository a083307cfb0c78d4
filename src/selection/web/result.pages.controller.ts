import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { dossierNumber } from '../../calls/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf, fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { refusalWords } from '../../shared/web/refusal-words.js';
import { PublicationService } from '../publication.service.js';
import { readOutcomeChange, ResultChangeService } from '../result-change.service.js';
import { ResultReckoner } from '../result.reckoner.js';
import { ResultStore } from '../result.store.js';
import { ALL_CHANGE_CODES, LONGEST_NOTE, OUTCOMES } from '../selection.js';
import { changeWords, outcomeBadge, presentPreview, presentTables } from './result.presenter.js';
import { whyNot } from '../selection-words.js';
import { decides, SelectionDoor } from './selection.door.js';

const VIEWS = 'selection/web/views';

/** What was typed into the form of a change, and what is wrong with it. */
interface Typed {
  readonly outcome: string;
  readonly code: string;
  readonly note: string;
  readonly errors: ReadonlyArray<{ field: string; text: string }>;
  readonly words?: string;
  readonly status: number;
}

/** The result for the staff: looked at, published, changed dossier by dossier. */
@ApiExcludeController()
@Controller('staff')
export class ResultPages {
  constructor(
    private readonly door: SelectionDoor,
    private readonly reckoner: ResultReckoner,
    private readonly publication: PublicationService,
    private readonly changes: ResultChangeService,
    private readonly store: ResultStore,
    private readonly pages: PageRenderer,
  ) {}

  @Get('calls/:call/results')
  @ForRoles('admin', 'manager')
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    await this.door.decided(actor, key);
    await this.page(reply, actor, key);
  }

  @Post('calls/:call/results/publish')
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  async publish(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const { call } = await this.door.decided(actor, key);
    try {
      await this.publication.publish(actor, call.id, formText(body, 'digest'));
      await this.pages.redirect(reply, `/staff/calls/${call.slug}/results`, {
        ...{ kind: 'success', key: 'selection:staff.published' },
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      await this.page(reply, actor, key, refusalWords(error, reply.request.locale), failureOf(error).status);
    }
  }

  @Get('applications/:application/result')
  @ForRoles('admin', 'manager')
  async dossier(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
  ): Promise<void> {
    await this.dossierPage(reply, actor, id);
  }

  @Post('applications/:application/result')
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  async change(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const { locale } = reply.request;
    const { application } = await this.door.dossier(actor, id);
    const { call } = await this.door.decided(actor, application.callId);
    const [outcome = '', code = '', note = ''] = ['outcome', 'code', 'note'].map((name) =>
      formText(body, name),
    );
    try {
      await this.changes.change(actor, call, id, readOutcomeChange({ outcome: outcome || null, code, note }));
      await this.pages.redirect(reply, `/staff/applications/${id}/result`, {
        ...{ kind: 'success', key: 'selection:change.done' },
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const problems = error instanceof InvalidFields ? error.errors : [];
      const errors = problems.map((one) => ({ field: one.pointer.slice(1), text: fieldDetail(locale, one) }));
      const words = problems.length > 0 ? {} : { words: refusalWords(error, locale) };
      const { status } = failureOf(error);
      await this.dossierPage(reply, actor, id, { outcome, code, note, errors, ...words, status });
    }
  }

  private async page(
    reply: FastifyReply,
    actor: StaffActor,
    key: string,
    words?: string,
    status = 200,
  ): Promise<void> {
    const { locale } = reply.request;
    const { call, selection } = await this.door.managed(actor, key);
    const base = `/${locale}/staff/calls/${call.slug}`;
    const isOut = selection.state === 'published';
    // Before the screening is closed there is nothing to look at: the selection's page says what is next.
    if (!isOut && selection.state !== 'closed')
      return this.pages.redirect(reply, `/staff/calls/${call.slug}/selection`);
    const rows = isOut ? await this.store.all(call.id) : [];
    const lines = rows.map((row) => ({
      ...row,
      number: dossierNumber(row),
      href: `/${locale}/staff/applications/${row.id}/result`,
    }));
    const model = {
      ...{ base, words, call: pickText(call.title, locale).text },
      preview: isOut ? undefined : presentPreview(await this.reckoner.preview(call), selection, base, locale),
      tables: isOut ? presentTables(lines, selection.design, true, locale) : undefined,
      changes: (await this.store.changes(call.id)).map((change) => changeWords(change, call, locale)),
      publicHref: `/${locale}/calls/${call.slug}/results`,
      letters: {
        all: `/api/v1/calls/${call.slug}/letters`,
        selected: `/api/v1/calls/${call.slug}/letters?outcome=selected`,
      },
      seatsHref: `${base}/seats`,
    };
    const title = t(locale, isOut ? 'selection:result.title' : 'selection:publish.title');
    await this.pages.refuse(reply, `${VIEWS}/staff-results.hbs`, { title }, { ...model, title }, status);
  }

  private async dossierPage(
    reply: FastifyReply,
    actor: StaffActor,
    id: string,
    typed?: Typed,
  ): Promise<void> {
    const { locale } = reply.request;
    const place = await this.door.dossier(actor, id);
    const { call, selection } = place;
    const [row] = await this.store.ofDossiers([id]);
    if (!row || !decides(actor, place)) throw new NotFound('result');
    const history = (await this.store.changes(call.id)).filter((change) => change.id === id);
    const model = {
      ...{ back: `/${locale}/staff/calls/${call.slug}/results`, number: dossierNumber(row) },
      ...{
        action: `/${locale}/staff/applications/${id}/result`,
        dossierHref: `/${locale}/staff/applications/${id}`,
      },
      letterHref: `/api/v1/applications/${id}/letter`,
      badge: outcomeBadge(row.outcome, locale),
      why: row.code === null ? undefined : whyNot(row, call, selection.design, locale),
      rank: row.rank,
      history: history.map((change) => ({
        text: changeWords(change, call, locale),
        note: change.note,
        by: change.by,
      })),
      ...{ words: typed?.words, errors: typed?.errors ?? [], note: typed?.note ?? '', most: LONGEST_NOTE },
      errorOf: Object.fromEntries((typed?.errors ?? []).map(({ field, text }) => [field, text])),
      outcome: { value: typed?.outcome ?? '', options: outcomeOptions(row.outcome, locale) },
      code: { value: typed?.code ?? '', options: codeOptions(locale) },
    };
    const title = `${t(locale, 'selection:number')} ${model.number}`;
    await this.pages.refuse(reply, `${VIEWS}/staff-result.hbs`, { title }, model, typed?.status ?? 200);
  }
}

function outcomeOptions(now: string, locale: Locale): object[] {
  return OUTCOMES.filter((one) => one !== now).map((value) => ({
    value,
    label: t(locale, `selection:outcome.${value}`),
  }));
}

function codeOptions(locale: Locale): object[] {
  return ALL_CHANGE_CODES.map((value) => ({ value, label: t(locale, `selection:change.${value}`) }));
}
