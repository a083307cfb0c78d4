import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CallDoor, type CallPlace, phaseOf } from '../../calls/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { DomainError, type FieldError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf, fieldDetail } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { refusalWords } from '../../shared/web/refusal-words.js';
import { readSelectionDesign } from '../selection-design.js';
import { SelectionService } from '../selection.service.js';
import { SelectionStore } from '../selection.store.js';
import { SELECTION_STATES, type Selection } from '../selection.js';
import { type Controls, controlsOfDesign, designOfForm } from './design-form.js';
import { presentDesignForm } from './design-form.presenter.js';
import { presentRules } from './rules.presenter.js';
import { decides, SelectionDoor } from './selection.door.js';

const VIEW = 'selection/web/views/staff-selection.hbs';

/** What a refused form shows again. */
interface Refused {
  readonly controls: Controls;
  readonly problems: readonly FieldError[];
  readonly controlOf: (pointer: string) => string;
  readonly words?: string;
  readonly status: number;
}

/** The selection of a call for its staff: where it stands, its design, and the way on. */
@ApiExcludeController()
@Controller('staff/calls/:call/selection')
export class SelectionPages {
  constructor(
    private readonly calls: CallDoor,
    private readonly door: SelectionDoor,
    private readonly store: SelectionStore,
    private readonly service: SelectionService,
    private readonly clock: Clock,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    await this.page(reply, actor, await this.calls.managed(actor, key));
  }

  @Post()
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  async save(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const place = await this.door.decided(actor, key);
    const { call } = place;
    const { design, controls, controlOf } = designOfForm(body, call.fields);
    try {
      const revision = Number(formText(body, 'revision')) || 0;
      await this.service.save(actor, call, revision, readSelectionDesign(design, call.fields));
      await this.pages.redirect(reply, `/staff/calls/${call.slug}/selection`, {
        ...{ kind: 'success', key: 'selection:staff.saved' },
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const problems = error instanceof InvalidFields ? error.errors : [];
      const words = problems.length > 0 ? {} : { words: refusalWords(error, reply.request.locale) };
      const { status } = failureOf(error);
      await this.page(reply, actor, place, { controls, controlOf, problems, ...words, status });
    }
  }

  @Post('announce')
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  async announce(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const place = await this.door.decided(actor, key);
    try {
      await this.service.announce(actor, place.call.id, Number(formText(body, 'revision')));
      await this.pages.redirect(reply, `/staff/calls/${place.call.slug}/selection`, {
        ...{ kind: 'success', key: 'selection:staff.announced' },
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const words = refusalWords(error, reply.request.locale);
      const selection = await this.store.of(place.call.id);
      const controls = selection ? controlsOfDesign(selection.design) : {};
      const { status } = failureOf(error);
      await this.page(reply, actor, place, { controls, controlOf: String, problems: [], words, status });
    }
  }

  private async page(
    reply: FastifyReply,
    actor: StaffActor,
    place: CallPlace,
    refused?: Refused,
  ): Promise<void> {
    const { locale } = reply.request;
    const { call } = place;
    const selection = await this.store.of(call.id);
    const state = selection?.state ?? 'draft';
    const mayDecide = decides(actor, place);
    const controls = refused?.controls ?? (selection ? controlsOfDesign(selection.design) : {});
    const errors = (refused?.problems ?? []).map((one) => ({
      field: refused?.controlOf(one.pointer) ?? '',
      text: fieldDetail(locale, one),
    }));
    const errorOf = Object.fromEntries(errors.map(({ field, text }) => [field, text]));
    const phase = phaseOf(call, this.clock.now());
    const model = {
      ...{ base: `/${locale}/staff/calls/${call.slug}`, call: pickText(call.title, locale).text },
      publicHref: `/${locale}/calls/${call.slug}/selection`,
      stops: stopsOf(selection, locale),
      ...{ errors, words: refused?.words, mayDecide, state, revision: selection?.revision ?? 0 },
      form: state === 'draft' && mayDecide ? presentDesignForm(call, controls, errorOf, locale) : undefined,
      canAnnounce: selection !== undefined && state === 'draft' && mayDecide && !refused,
      rules: selection && state !== 'draft' ? presentRules(selection, call, locale) : undefined,
      waits:
        state === 'announced' && phase !== 'closed'
          ? t(locale, 'selection:staff.waits', { when: formatInstant(call.closesAt, call.zone, locale) })
          : undefined,
    };
    await this.pages.refuse(
      reply,
      VIEW,
      { title: t(locale, 'selection:title') },
      model,
      refused?.status ?? 200,
    );
  }
}

/** The steps of a selection as a route. */
function stopsOf(selection: Selection | undefined, locale: 'ar' | 'fr' | 'en'): object[] {
  const now = SELECTION_STATES.indexOf(selection?.state ?? 'draft');
  return SELECTION_STATES.map((state, n) => ({
    name: t(locale, `selection:staff.step.${state}`),
    state: n < now || selection?.state === 'published' ? 'done' : n === now ? 'current' : 'next',
  }));
}
