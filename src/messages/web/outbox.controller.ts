import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppConfig } from '../../config/app-config.js';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { toAsciiDigits } from '../../shared/text/digits.js';
import { MessageQuery } from '../message.query.js';
import type { OutboxLineView } from './message.dto.js';

/** In an address `+212…` reads as a space and digits; both mean the number. */
function recipientOf(to: unknown): string | undefined {
  if (typeof to !== 'string' || to.trim() === '') return undefined;
  if (to.includes('@')) return to.trim().toLowerCase();
  const digits = toAsciiDigits(to).replace(/\D/g, '');
  return `+${digits.replace(/^00/, '').replace(/^0(?=\d{9}$)/, '212')}`;
}

/** What the demo would have sent: there is no real gateway, so codes are read here. */
@ApiExcludeController()
@Controller('dev/outbox')
export class OutboxController {
  constructor(
    private readonly config: AppConfig,
    private readonly messages: MessageQuery,
  ) {}

  @Get()
  @Public()
  async list(@Query('to') to?: unknown): Promise<OutboxLineView[]> {
    if (!this.config.isDemo) throw new NotFound('page');
    const lines = await this.messages.outbox(recipientOf(to));
    return lines.map(({ subject, at, ...line }) => ({
      ...line,
      ...(subject === null ? {} : { subject }),
      at: at.toISOString(),
    }));
  }
}
