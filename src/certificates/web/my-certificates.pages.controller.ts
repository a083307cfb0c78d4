import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { ForPerson } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CertificateQuery } from '../certificate.query.js';
import { publicAddress } from '../../config/public-address.js';
import { NameConfirmationService } from '../name-confirmation.service.js';
import type { NameState } from '../name-state.js';
import { presentMyCertificates } from './my-certificates.presenter.js';

const VIEW = 'certificates/web/views/my-certificates.hbs';

/** One's certificates, and the name on the next one. */
@ApiExcludeController()
@Controller('my/certificates')
export class MyCertificatesPagesController {
  constructor(
    private readonly query: CertificateQuery,
    private readonly names: NameConfirmationService,
    private readonly pages: PageRenderer,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @ForPerson()
  async mine(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
  ): Promise<void> {
    const { locale } = request;
    const rows = await this.query.ofPerson(person.id);
    const state = await this.stateOf(person.id);
    const mine = presentMyCertificates(rows, state, publicAddress(this.config), locale);
    await this.pages.send(reply, VIEW, { title: t(locale, 'certificates:mine.title') }, { mine });
  }

  @Post('name')
  @ForPerson()
  async confirm(@Res() reply: FastifyReply, @CurrentPerson() person: { id: string }): Promise<void> {
    const { name } = await this.stateOf(person.id);
    await this.names.confirm(person.id, name, null);
    await this.pages.redirect(reply, '/my/certificates', {
      kind: 'success',
      key: 'certificates:mine.nameDone',
    });
  }

  private async stateOf(personId: string): Promise<NameState> {
    const state = await this.names.stateOf(personId);
    if (!state) throw new NotFound('person');
    return state;
  }
}
