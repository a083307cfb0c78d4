import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { type FieldError, InvalidFields } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { inLanguage } from '../../campaigns/public.js';
import { SessionClash } from '../session.errors.js';
import { TourCopying } from '../tour-copy.service.js';
import { TourKeeping } from '../tour-keeping.service.js';
import type { TourRow } from '../tour.query.js';
import { presentQuestions, reasonsOf } from './clash-questions.js';

const VIEW = 'tours/web/views/tour-copy.hbs';
const CONFLICT = 409;
const INVALID = 422;

interface Typed {
  nameFr: string;
  nameAr: string;
  from: string;
  reasons: Record<string, string>;
}

/** Copying a tour to new dates, putting it away, deleting it while it is empty. */
@ApiExcludeController()
@Controller('staff/tours')
export class TourCopyPagesController {
  constructor(
    private readonly keeping: TourKeeping,
    private readonly copying: TourCopying,
    private readonly pages: PageRenderer,
  ) {}

  @Get(':tour/copy')
  @ForRoles('admin', 'manager', 'coordinator')
  async ask(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
  ): Promise<void> {
    const tour = await this.keeping.tourFor(actor, id);
    const copy = modelOf(tour, { nameFr: '', nameAr: '', from: '', reasons: {} }, locale);
    await this.pages.send(reply, VIEW, { title: copy.title }, { copy });
  }

  @Post(':tour/copy')
  @ForRoles('admin', 'manager', 'coordinator')
  async copy(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const tour = await this.keeping.tourFor(actor, id);
    const typed: Typed = {
      nameFr: formText(body, 'nameFr'),
      nameAr: formText(body, 'nameAr'),
      from: formText(body, 'from'),
      reasons: reasonsOf(body),
    };
    try {
      const { nameFr: fr, nameAr: ar, from, reasons } = typed;
      const copied = await this.copying.copy(actor, id, { name: { fr, ar }, from, reasons });
      const flash = { kind: 'success' as const, key: 'tours:copy.done' };
      await this.pages.redirect(reply, `/staff/tours/${copied}`, flash);
    } catch (error) {
      if (!(error instanceof InvalidFields) && !(error instanceof SessionClash)) throw error;
      const isClash = error instanceof SessionClash;
      const model = modelOf(tour, typed, locale, isClash ? { clash: error } : { errors: error.errors });
      await this.pages.refuse(
        reply,
        VIEW,
        { title: model.title },
        { copy: model },
        isClash ? CONFLICT : INVALID,
      );
    }
  }

  @Post(':tour/archive')
  @ForRoles('admin', 'manager', 'coordinator')
  async archive(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const isAway = formText(body, 'back') === '';
    await this.keeping.archive(actor, id, isAway);
    const flash = { kind: 'success' as const, key: isAway ? 'tours:board.archived' : 'tours:board.restored' };
    await this.pages.redirect(reply, '/staff/tours', flash);
  }

  @Post(':tour/delete')
  @ForRoles('admin', 'manager', 'coordinator')
  async remove(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
  ): Promise<void> {
    await this.keeping.remove(actor, id);
    await this.pages.redirect(reply, '/staff/tours', { kind: 'success', key: 'tours:board.deleted' });
  }
}

const FIELDS: Readonly<Record<string, string>> = {
  '/name/fr': 'nameFr',
  '/name/ar': 'nameAr',
  '/from': 'from',
};

function modelOf(
  tour: TourRow,
  typed: Typed,
  locale: Locale,
  refusal: { errors?: readonly FieldError[]; clash?: SessionClash } = {},
) {
  const errors = (refusal.errors ?? []).map((error) => ({
    field: FIELDS[error.pointer] ?? error.pointer.replace('/reasons/', 'reason-'),
    text: fieldDetail(locale, error),
  }));
  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.text;
  return {
    title: t(locale, 'tours:copy.title', { tour: inLanguage(tour.name, locale) }),
    action: `/${locale}/staff/tours/${tour.id}/copy`,
    backHref: `/${locale}/staff/tours/${tour.id}`,
    errors,
    ...presentQuestions(refusal.clash, typed.reasons, locale, refusal.errors),
    nameFr: { value: typed.nameFr, error: errorOf('nameFr') },
    nameAr: { value: typed.nameAr, error: errorOf('nameAr') },
    from: { value: typed.from, error: errorOf('from') },
  };
}
