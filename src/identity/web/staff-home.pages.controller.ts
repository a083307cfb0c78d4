import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForSignedIn } from '../../shared/access/access-rule.js';
import { navigationFor } from '../../shared/web/navigation.js';

/** `/staff` leads each member of the staff to the first of the places that they may open. */
@ApiExcludeController()
@Controller('staff')
export class StaffHomePages {
  @Get()
  @ForSignedIn()
  async lead(@Req() { actor, locale, url }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [first] = actor?.kind === 'staff' ? navigationFor('staff', actor, locale, url).items : [];
    await reply.redirect(first?.href ?? `/${locale}/me`, 303);
  }
}
