import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { ForPerson } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { CertificateQuery } from '../certificate.query.js';
import { publicAddress } from '../../config/public-address.js';
import { NameConfirmationService } from '../name-confirmation.service.js';
import type { NameState } from '../name-state.js';
import { MyCertificatesDto, NameStateDto } from './certificate.dto.js';
import { presentMine } from './certificate.presenter.js';

@ApiTags('me')
@Controller('api/v1/me')
export class MyCertificatesApiController {
  constructor(
    private readonly query: CertificateQuery,
    private readonly names: NameConfirmationService,
    private readonly config: AppConfig,
  ) {}

  @Get('certificates')
  @ForPerson()
  @ApiOperation({ summary: 'Certificates of the signed-in person' })
  @ApiOkResponse({ type: MyCertificatesDto })
  async list(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
  ): Promise<MyCertificatesDto> {
    const rows = await this.query.ofPerson(person.id);
    const locale = answerLanguage(request);
    return { items: rows.map((row) => presentMine(row, publicAddress(this.config), locale)), next: null };
  }

  @Get('certificate-name')
  @ForPerson()
  @ApiOperation({ summary: 'The name that certificates will print' })
  @ApiOkResponse({ type: NameStateDto })
  name(@CurrentPerson() person: { id: string }): Promise<NameStateDto> {
    return this.stateOf(person.id);
  }

  @Post('certificate-name')
  @HttpCode(200)
  @ForPerson()
  @ApiOperation({ summary: 'Confirm that name, letter by letter as it stands now' })
  @ApiOkResponse({ type: NameStateDto })
  async confirm(@CurrentPerson() person: { id: string }): Promise<NameStateDto> {
    const { name } = await this.stateOf(person.id);
    await this.names.confirm(person.id, name, null);
    return { name, confirmed: true };
  }

  private async stateOf(personId: string): Promise<NameState> {
    const state = await this.names.stateOf(personId);
    if (!state) throw new NotFound('person');
    return state;
  }
}
