import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { Public } from '../../shared/access/access-rule.js';
import { SignInRequired } from '../../shared/access/access.errors.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { FileSender } from '../../shared/web/file-sender.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { wantsPage } from '../../shared/web/request-locale.js';
import { readCertificateCode } from '../certificate-code.js';
import { CertificateCheckService } from '../certificate-check.service.js';
import { PdfNotYours } from '../certificate.errors.js';
import { CertificateLink } from '../certificate-link.js';
import type { CertificateRow } from '../certificate.js';
import { mayHavePdf } from '../certificate.policy.js';
import { publicAddress } from '../../config/public-address.js';
import { presentCertificate } from './certificate.presenter.js';
import { presentCheck } from './check.presenter.js';

const FORM = 'certificates/web/views/check-form.hbs';
const PAGE = 'certificates/web/views/check.hbs';
const LONGEST_TYPED = 100;

/** The one text of a parameter that may come several times, or not at all. */
function oneText(value: unknown): string | undefined {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
}

/** Where a stranger checks a certificate; its files are only for those they are meant for. */
@ApiExcludeController()
@Controller('v')
export class CheckPagesController {
  constructor(
    private readonly checks: CertificateCheckService,
    private readonly link: CertificateLink,
    private readonly sender: FileSender,
    private readonly pages: PageRenderer,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @Public()
  async form(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('code') given?: unknown,
  ): Promise<void> {
    const typed = oneText(given)?.slice(0, LONGEST_TYPED);
    const code = typed === undefined ? undefined : readCertificateCode(typed);
    if (code !== undefined) return this.pages.redirect(reply, `/v/${code}`);
    if (typed === undefined) await this.showForm(request, reply, 200, '');
    else await this.showForm(request, reply, 422, typed);
  }

  @Get(':code.json')
  @Public()
  async json(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code') code: string,
    @Query('k') signature?: unknown,
  ): Promise<void> {
    const row = await this.checks.find(code, request.ip);
    this.assertFile(request, row, signature);
    void reply.header('cache-control', 'private, no-store');
    await reply.send(presentCertificate(row, publicAddress(this.config)));
  }

  @Get(':code.pdf')
  @Public()
  async pdf(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code') code: string,
    @Query('k') signature?: unknown,
  ): Promise<void> {
    const row = await this.checks.find(code, request.ip);
    this.assertFile(request, row, signature);
    const file = await this.sender.stat(row.pdfHash);
    if (!file) throw new NotFound('pdf');
    void reply
      .header('cache-control', 'private, no-store')
      .header('content-disposition', `inline; filename="attestation-${row.code}.pdf"`)
      .type('application/pdf');
    await this.sender.send(request, reply, file);
  }

  @Get(':code')
  @Public()
  async page(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code') code: string,
    @Query('k') signature?: unknown,
  ): Promise<void> {
    const { locale } = request;
    const row = await this.lookUp(request, reply, code);
    if (!row) return;
    const signed = oneText(signature);
    const query = this.link.opens(row.code, signed) ? `?k=${signed ?? ''}` : '';
    const pdfHref = this.mayDownload(request, row, signature) ? `/v/${row.code}.pdf${query}` : null;
    const check = presentCheck(row, locale, pdfHref);
    await this.pages.send(
      reply,
      PAGE,
      { title: t(locale, 'certificates:check.of', { name: check.heading }) },
      { check },
    );
  }

  /** Files are for the holder, the staff and whoever has the signed link. @throws SignInRequired, PdfNotYours */
  private assertFile(request: FastifyRequest, row: CertificateRow, signature: unknown): void {
    if (this.mayDownload(request, row, signature)) return;
    throw request.actor ? new PdfNotYours() : new SignInRequired();
  }

  private mayDownload(request: FastifyRequest, row: CertificateRow, signature: unknown): boolean {
    return mayHavePdf(request.actor, row) || this.link.opens(row.code, oneText(signature));
  }

  /** The certificate; a person who asks for an unknown one gets the form again, with what was typed. */
  private async lookUp(
    request: FastifyRequest,
    reply: FastifyReply,
    code: string,
  ): Promise<CertificateRow | undefined> {
    try {
      return await this.checks.find(code, request.ip);
    } catch (error) {
      if (!(error instanceof NotFound) || !wantsPage(request)) throw error;
      await this.showForm(request, reply, 404, code.slice(0, LONGEST_TYPED));
      return undefined;
    }
  }

  private showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    typed: string,
  ): Promise<void> {
    const title = t(request.locale, 'certificates:check.title');
    return this.pages.refuse(reply, FORM, { title }, { typed, unknown: status !== 200 }, status);
  }
}
