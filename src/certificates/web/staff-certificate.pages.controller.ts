import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { CertificateRow } from '../certificate.js';
import { mayIssueIn } from '../certificate.policy.js';
import { CertificateChangeService } from '../certificate-change.service.js';
import { readReason } from '../revocation-reason.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { presentCheck } from './check.presenter.js';
import { type PageRefusal, refusalOf } from './page-refusal.js';
import { readName } from './read-name.js';

const VIEW = 'certificates/web/views/staff-certificate.hbs';
const NAME_FIELDS = {
  '/name': 'givenFr',
  '/name/fr/given': 'givenFr',
  '/name/fr/family': 'familyFr',
  '/name/ar/given': 'givenAr',
  '/name/ar/family': 'familyAr',
};

interface Typed {
  givenFr: string;
  familyFr: string;
  givenAr: string;
  familyAr: string;
  reason: string;
}

const NOTHING_TYPED: Typed = { givenFr: '', familyFr: '', givenAr: '', familyAr: '', reason: '' };

/** A script of the form; both lines empty is a script left out. */
function scriptOf(given: string, family: string): { given: string; family: string } | undefined {
  return given.trim() === '' && family.trim() === '' ? undefined : { given, family };
}

/** One certificate as its staff sees it: put the name right, or take it back. */
@ApiExcludeController()
@Controller('staff/certificates')
export class StaffCertificatePagesController {
  constructor(
    private readonly changes: CertificateChangeService,
    private readonly gate: CertificateStaffGate,
    private readonly pages: PageRenderer,
  ) {}

  @Get(':code')
  @ForRoles('admin', 'manager', 'coordinator', 'auditor')
  async page(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('code') code: string,
  ): Promise<void> {
    const row = await this.gate.certificate(actor, code, 'read');
    await this.show(request, reply, actor, row);
  }

  @Post(':code/replace')
  @ForRoles('admin', 'manager', 'coordinator')
  async replace(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('code') code: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const row = await this.gate.certificate(actor, code, 'issue');
    const text = (name: string): string => formText(body, name);
    const [givenFr, familyFr, givenAr, familyAr] = ['givenFr', 'familyFr', 'givenAr', 'familyAr'].map(
      text,
    ) as [string, string, string, string];
    try {
      const name = readName({ fr: scriptOf(givenFr, familyFr), ar: scriptOf(givenAr, familyAr) });
      const issued = await this.changes.replace(actor, row, name);
      await this.pages.redirect(reply, `/staff/certificates/${issued.code}`, {
        kind: 'success',
        key: 'certificates:one.replaced',
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const typed = { ...NOTHING_TYPED, givenFr, familyFr, givenAr, familyAr };
      const refusal = refusalOf(error, request.locale, 'givenFr', NAME_FIELDS);
      await this.show(request, reply, actor, row, { typed, refusal });
    }
  }

  @Post(':code/revoke')
  @ForRoles('admin', 'manager', 'coordinator')
  async revoke(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('code') code: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const row = await this.gate.certificate(actor, code, 'issue');
    const reason = formText(body, 'reason');
    try {
      await this.changes.revoke(actor, row, readReason(reason));
      await this.pages.redirect(reply, `/staff/certificates/${row.code}`, {
        kind: 'success',
        key: 'certificates:one.revoked',
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const refusal = refusalOf(error, request.locale, 'reason');
      await this.show(request, reply, actor, row, { typed: { ...NOTHING_TYPED, reason }, refusal });
    }
  }

  private show(
    request: FastifyRequest,
    reply: FastifyReply,
    actor: StaffActor,
    row: CertificateRow,
    refused?: { typed: Typed; refusal: PageRefusal },
  ): Promise<void> {
    const { locale } = request;
    const base = `/${locale}/staff/certificates/${row.code}`;
    const model = {
      serial: row.serial,
      base,
      check: presentCheck(row, locale, `/v/${row.code}.pdf`),
      checkHref: `/${locale}/v/${row.code}`,
      mayChange: row.status === 'valid' && mayIssueIn(actor, row),
      reason: row.revokedReason,
      typed: refused?.typed ?? NOTHING_TYPED,
      errors: refused?.refusal.errors ?? [],
      wrong: refused?.refusal.byField ?? {},
    };
    // Isolated, or Arabic would turn the two halves of the number round.
    const title = t(locale, 'certificates:one.title', { serial: `\u2066${row.serial}\u2069` });
    return this.pages.refuse(reply, VIEW, { title }, { one: model }, refused ? 422 : 200);
  }
}
