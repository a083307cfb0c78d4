import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { inLanguage } from '../../campaigns/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { formatDay, formatTime } from '../../shared/clock/format-date.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import { formatNumber, pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { type SessionRow, seatsLeft } from '../../tours/public.js';
import { type Seating, SeatingService } from '../seating.service.js';
import { SelectionDoor } from './selection.door.js';

/** Seats for the selected: which sessions, and what became of it. */
@ApiExcludeController()
@Controller('staff/calls/:call/seats')
export class SeatingPages {
  constructor(
    private readonly door: SelectionDoor,
    private readonly service: SeatingService,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager')
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    await this.page(reply, actor, key, {});
  }

  @Post()
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  async seat(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const { call } = await this.door.decided(actor, key);
    const sessions = formTexts(body, 'sessions');
    const elsewhere = formText(body, 'elsewhere') !== '';
    try {
      const seating = await this.service.seat(actor, call, { sessions, elsewhere });
      await this.page(reply, actor, key, { seating, sessions, elsewhere });
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      const words = t(reply.request.locale, 'selection:seats.need');
      await this.page(reply, actor, key, { words, sessions, elsewhere }, 422);
    }
  }

  private async page(
    reply: FastifyReply,
    actor: StaffActor,
    key: string,
    done: { seating?: Seating; sessions?: readonly string[]; elsewhere?: boolean; words?: string },
    status = 200,
  ): Promise<void> {
    const { locale } = reply.request;
    const { call } = await this.door.decided(actor, key);
    const open = await this.service.open(call.campaignId);
    const base = `/${locale}/staff/calls/${call.slug}`;
    const model = {
      ...{ back: `${base}/results`, action: `${base}/seats`, call: pickText(call.title, locale).text },
      set: {
        ...{ name: 'sessions', legend: t(locale, 'selection:seats.sessions'), error: done.words },
        options: open.map((row) => ({
          value: row.id,
          label: sessionWords(row, locale),
          checked: done.sessions?.includes(row.id) ?? false,
        })),
      },
      ...{ hasSessions: open.length > 0, elsewhere: done.elsewhere ?? false },
      seating: done.seating && presentSeating(done.seating, locale),
    };
    const title = t(locale, 'selection:seats.title');
    await this.pages.refuse(reply, 'selection/web/views/seats.hbs', { title }, model, status);
  }
}

function sessionWords(row: SessionRow, locale: Locale): string {
  const [first] = row.units;
  return t(locale, 'selection:seats.session', {
    city: inLanguage(row.cityName, locale),
    day: first ? formatDay(first.localDate, locale) : '',
    time: first ? formatTime(first.localStart, locale) : '',
    left: t(locale, 'selection:places', { count: seatsLeft(row) }),
  });
}

function presentSeating({ booked, waiting, already, refused, left }: Seating, locale: Locale) {
  const stat = (key: string, n: number) => ({
    label: t(locale, `selection:seats.${key}`),
    figure: formatNumber(n, locale),
  });
  return {
    stats: [
      stat('booked', booked),
      stat('waiting', waiting),
      stat('already', already),
      stat('refused', refused.length),
      ...(left > 0 ? [stat('more', left)] : []),
    ],
    refused: refused.map(({ number, code }) => ({
      number,
      why:
        code === 'no-session-in-city'
          ? t(locale, 'selection:seats.noSession')
          : t(locale, `errors:${code}.title`),
    })),
  };
}
