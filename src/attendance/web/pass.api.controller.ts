import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { toString } from 'qrcode';
import { ForSignedIn } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { PassService } from '../pass.service.js';
import { qrPng } from '../qr-png.js';
import { PassDto } from './attendance.dto.js';

/** Level M mends 15 % of a creased or dirty square; four modules of white around it are what scanners ask for. */
const SQUARE = { errorCorrectionLevel: 'M', margin: 4 } as const;

@ApiTags('attendance')
@ApiBearerAuth()
@ApiParam({ name: 'enrolment', format: 'uuid' })
@ApiResponse({ status: 409, description: 'No seat, so no pass (`status`)' })
@Controller('api/v1/enrolments')
export class PassApiController {
  constructor(private readonly passes: PassService) {}

  @Get(':enrolment/pass')
  @ForSignedIn()
  @ApiOperation({ summary: 'The pass of a seat: a spoken code and the text of its QR' })
  @ApiOkResponse({ type: PassDto })
  async show(@CurrentActor() actor: Actor, @Param('enrolment') id: string): Promise<PassDto> {
    return this.passes.show(actor, id);
  }

  @Get(':enrolment/pass.svg')
  @ForSignedIn()
  @Header('cache-control', 'private, no-store')
  @Header('content-type', 'image/svg+xml')
  @ApiOperation({ summary: 'The pass’s QR as a drawing' })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  async svg(@CurrentActor() actor: Actor, @Param('enrolment') id: string): Promise<string> {
    const { qr } = await this.passes.show(actor, id);
    return toString(qr, { ...SQUARE, type: 'svg' });
  }

  @Get(':enrolment/pass.png')
  @ForSignedIn()
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'The pass’s QR as a picture to keep' })
  @ApiProduces('image/png')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async png(
    @CurrentActor() actor: Actor,
    @Param('enrolment') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { qr } = await this.passes.show(actor, id);
    await reply.type('image/png').send(await qrPng(qr));
  }
}
