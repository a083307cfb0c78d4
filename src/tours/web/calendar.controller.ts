import { createHash } from 'node:crypto';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { isKnown } from '../../shared/web/file-sender.js';
import { CalendarReader } from '../calendar/calendar-reader.js';

/** What calendars read, by whoever has the address. */
@ApiExcludeController()
@Controller('calendar')
export class CalendarController {
  constructor(private readonly calendars: CalendarReader) {}

  @Get(':token.ics')
  @Public()
  async read(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<void> {
    const text = await this.calendars.read(token);
    const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
    // The address is the secret: no shared cache keeps it, no search engine lists it.
    void reply.headers({ 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex', etag: tag });
    if (isKnown(request, tag)) return void (await reply.code(304).send());
    await reply
      .header('content-disposition', 'inline; filename="qafila.ics"')
      .type('text/calendar; charset=utf-8')
      .send(text);
  }
}
