import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { dossierNumber } from '../../calls/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf, fieldDetail } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { isolate, pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { refusalWords } from '../../shared/web/refusal-words.js';
import { readScores } from '../scores.js';
import { ScreeningService } from '../screening.service.js';
import { standingOf } from '../scoring.js';
import { presentScoring, type TypedScores } from './scoring.presenter.js';
import { presentScreeningHome } from './screening-home.presenter.js';
import { presentScreened } from './screening.presenter.js';
import { decides, SelectionDoor, type SelectionPlace } from './selection.door.js';

const VIEWS = 'selection/web/views';

interface Refused {
  readonly typed: TypedScores;
  readonly errors: ReadonlyArray<{ field: string; text: string }>;
  readonly words?: string;
  readonly status: number;
}

/** The queue of dossiers, one at a time, without a script. */
@ApiExcludeController()
@Controller('staff')
export class ScreeningPages {
  constructor(
    private readonly door: SelectionDoor,
    private readonly service: ScreeningService,
    private readonly pages: PageRenderer,
  ) {}

  @Get('calls/:call/screening')
  @ForRoles('admin', 'manager', 'coordinator')
  async home(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    await this.homePage(reply, actor, await this.door.managed(actor, key));
  }

  @Post('calls/:call/screening')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  async next(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    await this.trying(reply, actor, await this.door.managed(actor, key), (place) =>
      this.goOn(reply, actor, place),
    );
  }

  @Post('calls/:call/screening/close')
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  async close(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    await this.door.decided(actor, key);
    await this.trying(reply, actor, await this.door.managed(actor, key), async ({ call }) => {
      await this.service.close(actor, call);
      await this.pages.redirect(reply, `/staff/calls/${call.slug}/results`, {
        ...{ kind: 'success', key: 'selection:screening.closed' },
      });
    });
  }

  @Get('applications/:application/scores')
  @ForRoles('admin', 'manager', 'coordinator')
  async dossier(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
  ): Promise<void> {
    await this.dossierPage(reply, actor, id);
  }

  @Post('applications/:application/scores')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  async score(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const place = await this.door.dossier(actor, id);
    const { criteria } = place.selection.design;
    const isThird = formText(body, 'op') === 'settle';
    const typed: TypedScores = {
      ...{ scores: Object.fromEntries(criteria.map((one) => [one.id, formText(body, one.id)])) },
      note: formText(body, 'note'),
    };
    try {
      const numbers = Object.entries(typed.scores).map(([key, text]) => [
        key,
        /^\d$/.test(text) ? Number(text) : null,
      ]);
      const read = readScores(criteria, { scores: Object.fromEntries(numbers) as object, note: typed.note });
      if (isThird) {
        await this.service.thirdLook(actor, place.call, place.application, read);
        return await this.pages.redirect(reply, `/staff/calls/${place.call.slug}/screening`, {
          ...{ kind: 'success', key: 'selection:screening.settled' },
          params: { number: isolate(dossierNumber(place.application), reply.request.locale) },
        });
      }
      await this.service.score(actor, place.call, place.application, read);
      await this.goOn(reply, actor, place, isolate(dossierNumber(place.application), reply.request.locale));
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const { locale } = reply.request;
      const problems = error instanceof InvalidFields ? error.errors : [];
      const errors = problems.map((one) => ({
        field: one.pointer.split('/').at(-1) ?? '',
        text: fieldDetail(locale, one),
      }));
      const words = problems.length > 0 ? {} : { words: refusalWords(error, locale) };
      await this.dossierPage(reply, actor, id, { typed, errors, ...words, status: failureOf(error).status });
    }
  }

  /** Leads to the next dossier, or back where nothing is left. */
  private async goOn(
    reply: FastifyReply,
    actor: StaffActor,
    { call }: SelectionPlace,
    scored?: string,
  ): Promise<void> {
    const id = await this.service.next(actor, call);
    const path =
      id === undefined ? `/staff/calls/${call.slug}/screening` : `/staff/applications/${id}/scores`;
    const flash = scored
      ? { kind: 'success' as const, key: 'selection:screening.saved', params: { number: scored } }
      : id === undefined
        ? { kind: 'info' as const, key: 'selection:screening.nothing' }
        : undefined;
    await this.pages.redirect(reply, path, flash);
  }

  private async trying(
    reply: FastifyReply,
    actor: StaffActor,
    place: SelectionPlace,
    work: (place: SelectionPlace) => Promise<void>,
  ): Promise<void> {
    try {
      await work(place);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const words = refusalWords(error, reply.request.locale);
      await this.homePage(reply, actor, place, words, failureOf(error).status);
    }
  }

  private async homePage(
    reply: FastifyReply,
    actor: StaffActor,
    place: SelectionPlace,
    words?: string,
    status = 200,
  ): Promise<void> {
    const { locale } = reply.request;
    const { call, selection } = place;
    if (words === undefined) await this.service.refreshIfOpen(call);
    const model = {
      ...presentScreeningHome(
        place,
        {
          progress: await this.service.progress(selection, actor, call.id),
          gaps: await this.service.gaps(selection, call.id),
          out: await this.service.ineligible(call.id),
        },
        locale,
      ),
      ...{ words, mayClose: decides(actor, place) && selection.state === 'announced' },
      isOpen: selection.state === 'announced',
    };
    const title = t(locale, 'selection:screening.title');
    await this.pages.refuse(reply, `${VIEWS}/screening.hbs`, { title }, model, status);
  }

  private async dossierPage(
    reply: FastifyReply,
    actor: StaffActor,
    id: string,
    refused?: Refused,
  ): Promise<void> {
    const { locale } = reply.request;
    const place = await this.door.dossier(actor, id);
    const { call, selection, application } = place;
    const seen = await this.service.looks(selection, actor, id);
    const shown = presentScreened(call, application, seen, locale);
    const kind = standingOf(selection.design, await this.service.allLooks(id)).kind;
    const model = {
      ...{ call: pickText(call.title, locale).text, back: `/${locale}/staff/calls/${call.slug}/screening` },
      ...{ number: shown.number, photos: shown.photos, words: refused?.words, errors: refused?.errors ?? [] },
      answers: shown.answers.map(({ question, answer }) => ({ term: question, text: answer })),
      action: `/${locale}/staff/applications/${id}/scores`,
      scoring: presentScoring(selection, { kind, looks: seen, accountId: actor.accountId }, refused, locale),
    };
    const title = `${t(locale, 'selection:number')} ${shown.number}`;
    await this.pages.refuse(
      reply,
      `${VIEWS}/screening-dossier.hbs`,
      { title },
      model,
      refused?.status ?? 200,
    );
  }
}
