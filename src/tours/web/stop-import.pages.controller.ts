import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf } from '../../shared/errors/problem.js';
import { refusalText } from '../../shared/errors/refusal-text.js';
import { type FormBody, formTexts } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { TABLE_FORM_BYTES, tableFile } from '../../shared/web/table-upload.js';
import { StopImport } from '../stop-import/stop-import.service.js';
import { TourKeeping } from '../tour-keeping.service.js';
import { TourQuery } from '../tour.query.js';
import { presentStopImport, type StopImportPage, stopOfValue } from './stop-import.presenter.js';

const VIEW = 'tours/web/views/stop-import.hbs';

/** Stops from a table: sent, looked at, confirmed. Without script. */
@ApiExcludeController()
@Controller('staff/tours/:tour/stops/import')
export class StopImportPagesController {
  constructor(
    private readonly stops: StopImport,
    private readonly keeping: TourKeeping,
    private readonly tours: TourQuery,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async ask(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
  ): Promise<void> {
    await this.page(request, reply, actor, id, {});
  }

  @Post()
  @ForRolesUploading(TABLE_FORM_BYTES, 'admin', 'manager', 'coordinator')
  async read(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Body() body: unknown,
  ): Promise<void> {
    await this.saying(request, reply, actor, id, async () => {
      const lines = await this.stops.preview(actor, id, tableFile(body));
      // A question is no thing made.
      void reply.status(200);
      await this.page(request, reply, actor, id, { lines });
    });
  }

  @Post('confirm')
  @ForRoles('admin', 'manager', 'coordinator')
  async confirm(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    await this.saying(request, reply, actor, id, async () => {
      const wanted = formTexts(body, 'stop').flatMap((value) => stopOfValue(value) ?? []);
      const count = await this.stops.write(actor, id, wanted);
      const flash = { kind: 'success' as const, key: 'tours:stopImport.done', params: { count } };
      await this.pages.redirect(reply, `/staff/tours/${id}`, flash);
    });
  }

  /** Says above the form why nothing was done. */
  private async saying(
    request: FastifyRequest,
    reply: FastifyReply,
    actor: StaffActor,
    id: string,
    work: () => Promise<void>,
  ): Promise<void> {
    await this.keeping.tourFor(actor, id);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      void reply.status(failureOf(error).status);
      await this.page(request, reply, actor, id, { error: refusalText(error, request.locale) });
    }
  }

  private async page(
    { locale }: FastifyRequest,
    reply: FastifyReply,
    actor: StaffActor,
    id: string,
    found: Pick<StopImportPage, 'lines' | 'error'>,
  ): Promise<void> {
    const tour = await this.keeping.tourFor(actor, id);
    const teams = await this.tours.teams(tour.id);
    const cities = new Map((await this.tours.cities()).map(({ slug, name }) => [slug, name]));
    const model = presentStopImport({ tour, teams, cities, ...found }, locale);
    await this.pages.send(reply, VIEW, { title: model.title }, { stops: model });
  }
}
