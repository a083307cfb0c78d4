import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPayloadTooLargeResponse,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson, ForPersonUploading, ForSignedIn } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor, CurrentPerson } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { PHOTO_TYPE } from '../../shared/files/photo.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { FileSender } from '../../shared/web/file-sender.js';
import { sendPhoto } from '../../shared/web/send-photo.js';
import { ApplicationService } from '../application.service.js';
import { ApplicationStore } from '../application.store.js';
import { CallStore } from '../call.store.js';
import { answersOfBody, ANSWERS_FORM_BYTES } from './answers-form.js';
import { ApplicationDto, ApplicationListDto, ApplicationSendDto } from './application.dto.js';
import { presentApplication, presentSent } from './application.presenter.js';
import { CallDoor } from './call.door.js';

/** A person's own dossiers, and the pictures in them. */
@ApiTags('calls')
@Controller('api/v1')
export class ApplicationApi {
  constructor(
    private readonly service: ApplicationService,
    private readonly store: ApplicationStore,
    private readonly calls: CallStore,
    private readonly door: CallDoor,
    private readonly sender: FileSender,
  ) {}

  @Post('calls/:call/applications')
  @ForPersonUploading(ANSWERS_FORM_BYTES)
  @ApiOperation({ summary: 'Sends one’s dossier, or changes it until the closing: one a person and call' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({ type: ApplicationSendDto })
  @ApiCreatedResponse({ type: ApplicationDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({
    description: '`call-closed` with `closesAt`, `call-not-open` with `opensAt`, no consent to be trained',
  })
  @ApiPayloadTooLargeResponse({ description: 'A photo of more than 5 MB' })
  @ApiUnprocessableEntityResponse()
  async send(
    @CurrentActor() actor: Actor,
    @CurrentPerson() person: { id: string },
    @Param('call') key: string,
    @Body() body: unknown,
  ): Promise<ApplicationDto> {
    const { call } = await this.door.visible(actor, key);
    return presentSent(await this.service.send(person.id, call, answersOfBody(body)), call.fields);
  }

  @Get('me/applications')
  @ForPerson()
  @ApiOperation({ summary: 'The signed-in person’s dossiers, the latest change first' })
  @ApiOkResponse({ type: ApplicationListDto })
  async mine(
    @CurrentPerson() person: { id: string },
    @Query() { cursor, limit }: ListDto,
  ): Promise<ApplicationListDto> {
    const rows = await this.store.ofPerson(person.id, readCursor(cursor), limit);
    const { items, next } = pageOf(rows, limit, ({ changedAt, id }) => ({ at: changedAt, id }));
    const shown: ApplicationDto[] = [];
    for (const application of items)
      shown.push(presentApplication(application, (await this.calls.find(application.callId))?.fields ?? []));
    return { items: shown, next };
  }

  @Post('applications/:application/withdraw')
  @HttpCode(200)
  @ForPerson()
  @ApiOperation({ summary: 'Takes one’s dossier back; it can be sent again until the closing' })
  @ApiParam({ name: 'application', format: 'uuid' })
  @ApiOkResponse({ type: ApplicationDto })
  @ApiNotFoundResponse()
  async withdraw(
    @CurrentPerson() person: { id: string },
    @Param('application') id: string,
  ): Promise<ApplicationDto> {
    const application = await this.service.withdraw(person.id, id);
    return presentApplication(application, (await this.calls.find(application.callId))?.fields ?? []);
  }

  @Get('applications/:application/versions/:version/photos/:field')
  @ForSignedIn()
  @ApiOperation({ summary: 'A picture of a dossier, without place or camera; for its person and its staff' })
  @ApiParam({ name: 'application', format: 'uuid' })
  @ApiParam({ name: 'version', type: 'integer' })
  @ApiParam({ name: 'field', description: 'Id of the field' })
  @ApiProduces(PHOTO_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse()
  async photo(
    @Req() _: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentActor() actor: Actor,
    @Param() { application: id, version, field }: { application: string; version: string; field: string },
  ): Promise<void> {
    const dossier =
      actor.kind === 'staff' ? (await this.door.dossier(actor, id)).application : await this.store.byId(id);
    if (!dossier || (actor.kind !== 'staff' && dossier.personId !== actor.person?.id))
      throw new NotFound('photo');
    const call = await this.calls.find(dossier.callId);
    const isPhoto = call?.fields.some((one) => one.id === field && one.type === 'photo');
    const held = (await this.store.versions(dossier.id)).find(({ n }) => String(n) === version);
    const hash = isPhoto ? held?.answers[field] : undefined;
    await sendPhoto(reply, this.sender, typeof hash === 'string' ? hash : undefined);
  }
}
