import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf } from '../../shared/errors/problem.js';
import { refusalText } from '../../shared/errors/refusal-text.js';
import { t } from '../../shared/i18n/i18n.js';
import { PAGE_SIZE } from '../../shared/paging/cursor.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { IMPORT_FIELDS } from '../import-columns.js';
import { OUTCOMES } from '../import-judge.js';
import { ImportConfirmation } from '../import-confirmation.service.js';
import { ImportService } from '../import.service.js';
import { presentImportPage } from './import-page.presenter.js';
import { readRowCursor } from './import.presenter.js';
import { NominationGate } from './nomination.gate.js';

const VIEW = 'nominations/web/views/import.hbs';

/** One import: what its columns hold, what its rows do, confirming and undoing it. */
@ApiExcludeController()
@Controller('staff/imports/:import')
export class ImportPages {
  constructor(
    private readonly imports: ImportService,
    private readonly confirmation: ImportConfirmation,
    private readonly gate: NominationGate,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('import') id: string,
    @Query() query: FormBody,
  ): Promise<void> {
    await this.page(request, reply, actor, id, query);
  }

  @Post()
  @ForRoles('admin', 'manager', 'coordinator')
  async change(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('import') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    try {
      await this.act(actor, id, body);
      await this.pages.redirect(reply, `/staff/imports/${id}`);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      void reply.status(failureOf(error).status);
      await this.page(request, reply, actor, id, {}, refusalText(error, request.locale));
    }
  }

  private async act(actor: StaffActor, id: string, body: FormBody): Promise<void> {
    const { header } = await this.imports.get(actor, id);
    const act = formText(body, 'do');
    if (act === 'undo') await this.confirmation.undo(actor, id);
    else if (act === 'all' || act === 'valid') await this.confirmation.confirm(actor, id, act);
    else {
      const columns = header.map(
        (_, at) => IMPORT_FIELDS.find((field) => field === formText(body, `column-${at}`)) ?? null,
      );
      await this.imports.chooseColumns(actor, id, columns);
    }
  }

  private async page(
    { locale }: FastifyRequest,
    reply: FastifyReply,
    actor: StaffActor,
    id: string,
    query: FormBody,
    error?: string,
  ): Promise<void> {
    const record = await this.imports.get(actor, id);
    const campaign = await this.gate.campaign(actor, record.campaignId);
    const outcome = OUTCOMES.find((one) => one === formText(query, 'outcome'));
    const cursor = formText(query, 'cursor');
    const rows = await this.imports.rows(id, outcome, readRowCursor(cursor), PAGE_SIZE + 1);
    const model = presentImportPage({ campaign, record, rows, outcome, cursor, error }, locale);
    await this.pages.send(reply, VIEW, { title: t(locale, 'nominations:import.title') }, model);
  }
}
