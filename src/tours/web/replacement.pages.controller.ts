import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { inLanguage } from '../../campaigns/public.js';
import { ReplacementService, type Replacements } from '../replacement/replacement.service.js';
import { SessionChanged, SessionClash } from '../session.errors.js';
import { presentQuestions, reasonsOf } from './clash-questions.js';
import { describeUnit } from './clash.presenter.js';
import { describeRoad, describeWhyNot } from './replacement.presenter.js';
import { textOf } from './session.pages.controller.js';

const VIEW = 'tours/web/views/replacement.hbs';
const CONFLICT = 409;
const INVALID = 422;

/** What became of a choice that could not be made at once. */
interface Refused {
  replacementId: string;
  reasons: Record<string, string>;
  error: unknown;
}

/** Somebody for a trainer who cannot come: chosen by one tap. */
@ApiExcludeController()
@Controller('staff/sessions/:session/replacement')
export class ReplacementPagesController {
  constructor(
    private readonly service: ReplacementService,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  async ask(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const found = await this.service.candidates(actor, id, textOf(query['trainer']));
    await this.pages.send(reply, VIEW, { title: titleOf(found, locale) }, modelOf(found, locale));
  }

  @Post()
  @ForRoles('admin', 'manager', 'coordinator')
  async replace(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const trainerId = formText(body, 'trainer');
    const replacementId = formText(body, 'replacement');
    const found = await this.service.candidates(actor, id, trainerId);
    const revision = formText(body, 'revision');
    const reasons = reasonsOf(body);
    const seen = /^\d{1,9}$/.test(revision) ? { revision: Number(revision) } : {};
    try {
      await this.service.replace(actor, id, { trainerId, replacementId, reasons, ...seen });
    } catch (error) {
      const isInvalid = error instanceof InvalidFields;
      if (!isInvalid && !(error instanceof SessionClash) && !(error instanceof SessionChanged)) throw error;
      const model = modelOf(found, locale, { replacementId, reasons, error });
      const status = isInvalid ? INVALID : CONFLICT;
      return this.pages.refuse(reply, VIEW, { title: titleOf(found, locale) }, model, status);
    }
    const name = found.listed.find((one) => one.id === replacementId)?.name ?? '';
    await this.pages.redirect(reply, `/staff/sessions/${found.session.id}`, {
      kind: 'success',
      key: 'tours:replace.done',
      params: { name, trainer: found.trainer.name },
    });
  }
}

function titleOf({ trainer }: Replacements, locale: Locale): string {
  return t(locale, 'tours:replace.title', { name: trainer.name });
}

function modelOf(found: Replacements, locale: Locale, refused?: Refused): object {
  const { session, trainer, units, listed, notListed } = found;
  const base = `/${locale}/staff/sessions/${session.id}`;
  return {
    title: titleOf(found, locale),
    session: t(locale, 'tours:session.title', {
      course: inLanguage(session.course.title, locale),
      city: inLanguage(session.cityName, locale),
    }),
    units: units.map((unit) => describeUnit(unit, locale)),
    action: `${base}/replacement`,
    backHref: base,
    trainerId: trainer.id,
    revision: session.revision,
    listed: listed.map((one) => ({
      id: one.id,
      name: one.name,
      road: describeRoad(one, session.isRemote, locale),
      label: t(locale, 'tours:replace.choose', { name: one.name }),
    })),
    notListed: notListed.map(({ id, name, why }) => ({
      name,
      href: `/${locale}/staff/trainers/${id}`,
      why: why.map((one) => describeWhyNot(one, locale)),
    })),
    ...(refused ? refusedOf(found, refused, locale) : {}),
  };
}

function refusedOf({ listed, notListed }: Replacements, refused: Refused, locale: Locale): object {
  const { replacementId, reasons, error } = refused;
  if (error instanceof InvalidFields)
    return error.errors.some(({ pointer }) => pointer.startsWith('/reasons'))
      ? { asked: askedOf() }
      : { words: t(locale, 'tours:replace.notAChoice') };
  if (error instanceof SessionChanged) return { words: t(locale, 'tours:replace.stale') };
  return { asked: askedOf() };

  function askedOf(): object {
    const clash = error instanceof SessionClash ? error : undefined;
    const errors = error instanceof InvalidFields ? error.errors : [];
    const name = [...listed, ...notListed].find(({ id }) => id === replacementId)?.name ?? '';
    return { replacementId, name, ...presentQuestions(clash, reasons, locale, errors) };
  }
}
