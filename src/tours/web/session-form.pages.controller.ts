import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formText, formTexts } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { inLanguage, type Words } from '../../campaigns/public.js';
import type { SessionChange } from '../session-change.service.js';
import { SessionChanged, SessionClash } from '../session.errors.js';
import type { SessionRow } from '../session.row.js';
import type { StopRow } from '../tour.query.js';
import {
  FORM_UNITS,
  blankUnit,
  readForm,
  type ReadForm,
  typedFrom,
  typedOf,
  type TypedSession,
} from './session-form.js';
import { presentForm, type Refusal } from './session-form.view.js';
import { SessionPlanner } from './session-planner.js';
import { presentTold } from './told.view.js';

const VIEW = 'tours/web/views/session-form.hbs';
const CONFIRM = 'tours/web/views/session-confirm.hbs';
const OK = 200;
const CONFLICT = 409;
const INVALID = 422;

type Form = Record<string, unknown>;

/** A change that was sent. */
interface Saving {
  request: FastifyRequest;
  reply: FastifyReply;
  actor: StaffActor;
  row: SessionRow;
  body: Form;
}

/** The form in which a coordinator plans a session. */
@Controller('staff')
export class SessionFormPagesController {
  constructor(
    private readonly planner: SessionPlanner,
    private readonly pages: PageRenderer,
  ) {}

  @Get('stops/:stop/sessions/new')
  @ForRoles('admin', 'manager', 'coordinator')
  async blank(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('stop') id: string,
  ): Promise<void> {
    const stop = await this.planner.stop(actor, id);
    const team = await this.planner.trainersOfTeam(stop);
    const units = Array.from({ length: FORM_UNITS }, () => blankUnit(stop.localDate));
    const typed: TypedSession = {
      course: '',
      language: request.locale,
      capacity: '',
      overbookPercent: '',
      ...{ venueNote: '', remoteUrl: '' },
      units,
      trainers: team,
      kit: true,
      reasons: {},
      revision: '',
    };
    const frame = newFrame(stop, request.locale);
    const choices = await this.planner.choices(stop);
    await this.pages.send(
      reply,
      VIEW,
      { title: frame.title },
      { form: presentForm(frame, typed, choices, request.locale) },
    );
  }

  @Post('stops/:stop/sessions')
  @ForRoles('admin', 'manager', 'coordinator')
  async create(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('stop') id: string,
    @Body() body: Form,
  ): Promise<void> {
    const stop = await this.planner.stop(actor, id);
    const typed = typedOf(body);
    const read = readForm(typed, stop.teamId);
    const refusal = await refusalOf(read, async () => {
      // The form is for new units: an id in it would be somebody's invention.
      const sessionId = await this.planner.create(actor, stop.id, read.values);
      await this.pages.redirect(
        reply,
        `/staff/sessions/${sessionId}`,
        savedFlash(stop.cityName, request.locale),
      );
    });
    if (refusal)
      await this.refuse(request, reply, { frame: newFrame(stop, request.locale), stop, typed, refusal });
  }

  @Get('sessions/:session/edit')
  @ForRoles('admin', 'manager', 'coordinator')
  async edit(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    const row = await this.planner.editable(actor, id);
    const stop = await this.planner.stop(actor, row.stopId);
    const frame = editFrame(row, request.locale);
    const form = presentForm(
      frame,
      typedFrom(row, await this.planner.remoteUrl(actor, row)),
      await this.planner.choices(stop),
      request.locale,
    );
    await this.pages.send(reply, VIEW, { title: frame.title }, { form });
  }

  @Post('sessions/:session/edit')
  @ForRoles('admin', 'manager', 'coordinator')
  async save(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: Form,
  ): Promise<void> {
    const row = await this.planner.editable(actor, id);
    const stop = await this.planner.stop(actor, row.stopId);
    const typed = typedOf(body);
    const read = readForm(typed, stop.teamId, row.status === 'postponed');
    const revision = /^\d{1,9}$/.test(typed.revision) ? { revision: Number(typed.revision) } : {};
    const refusal = await refusalOf(read, () =>
      this.confirmOrSave({ request, reply, actor, row, body }, { ...read.values, ...revision }),
    );
    if (refusal)
      await this.refuse(request, reply, { frame: editFrame(row, request.locale), stop, typed, refusal });
  }

  /** Saves at once what nobody has to be told of; else shows who will be, and saves when that is confirmed. */
  private async confirmOrSave(
    { request: { locale }, reply, actor, row, body }: Saving,
    change: SessionChange,
  ): Promise<void> {
    const frame = editFrame(row, locale);
    const isConfirmed = formText(body, 'confirmed') !== '';
    if (!isConfirmed) {
      const told = await this.planner.rehearse(actor, row.id, change);
      if (told.people > 0) {
        const revision = formText(body, 'revision') || String(row.revision);
        const kept = keptFields({ ...body, revision, confirmed: '1' });
        const model = { ...frame, kept, told: presentTold(told, row.id, locale) };
        // A question is no thing made.
        void reply.status(OK);
        return this.pages.send(reply, CONFIRM, { title: frame.title }, model);
      }
    }
    try {
      await this.planner.change(actor, row.id, change);
    } catch (error) {
      if (!isConfirmed || !(error instanceof SessionChanged)) throw error;
      return this.pages.refuse(reply, CONFIRM, { title: frame.title }, { ...frame, isStale: true }, CONFLICT);
    }
    await this.pages.redirect(reply, `/staff/sessions/${row.id}`, savedFlash(row.cityName, locale));
  }

  private async refuse(
    { locale }: FastifyRequest,
    reply: FastifyReply,
    {
      frame,
      stop,
      typed,
      refusal,
    }: { frame: ReturnType<typeof newFrame>; stop: StopRow; typed: TypedSession; refusal: Refusal },
  ): Promise<void> {
    const form = presentForm(frame, typed, await this.planner.choices(stop), locale, refusal);
    await this.pages.refuse(
      reply,
      VIEW,
      { title: frame.title },
      { form },
      refusal.clash ? CONFLICT : INVALID,
    );
  }
}

/** Saves unless the form cannot be read; what the service refuses comes back as the form's own. */
async function refusalOf(
  { errors, places }: ReadForm,
  save: () => Promise<void>,
): Promise<Refusal | undefined> {
  if (errors.length > 0) return { errors, places };
  try {
    await save();
    return undefined;
  } catch (error) {
    if (error instanceof InvalidFields) return { errors: error.errors, places };
    if (error instanceof SessionClash) return { clash: error, places };
    throw error;
  }
}

/** A form as hidden fields, so that confirming it sends the very same; the token is the new page's own. */
function keptFields(body: Form): Array<{ name: string; value: string }> {
  return Object.keys(body)
    .filter((name) => name !== '_csrf')
    .flatMap((name) => formTexts(body, name).map((value) => ({ name, value })));
}

function newFrame(stop: StopRow, locale: Locale) {
  const title = t(locale, 'tours:form.newTitle', { city: inLanguage(stop.cityName, locale) });
  return {
    title,
    action: `/${locale}/staff/stops/${stop.id}/sessions`,
    backHref: `/${locale}/staff/sessions`,
  };
}

function editFrame({ id, cityName }: { id: string; cityName: Words }, locale: Locale) {
  const title = t(locale, 'tours:form.editTitle', { city: inLanguage(cityName, locale) });
  return {
    title,
    action: `/${locale}/staff/sessions/${id}/edit`,
    backHref: `/${locale}/staff/sessions/${id}`,
  };
}

function savedFlash(city: Words, locale: Locale) {
  return { kind: 'success' as const, key: 'tours:staff.saved', params: { city: inLanguage(city, locale) } };
}
