import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { isUuid } from '../../shared/new-id.js';
import { PAGE_SIZE } from '../../shared/paging/cursor.js';
import { formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { MessageQuery, type PersonMessage } from '../message.query.js';

const KINDS = { queued: 'info', handed: 'info', sent: 'good', failed: 'bad', unknown: 'warn' } as const;

/** A message as its person reads it: when, by which way, what became of it. */
function presentMessage(
  { channel, body, state, at, sendAfter, outcome, calledAt }: PersonMessage,
  locale: Locale,
) {
  const on = (instant: Date): string => formatInstant(instant, DEFAULT_ZONE, locale);
  return {
    body,
    at: on(at),
    way: t(locale, `messages:mine.way.${channel}`),
    state: {
      kind: KINDS[state],
      text: t(locale, `messages:mine.state.${channel === 'call' ? 'call-' : ''}${state}`),
    },
    ...(sendAfter ? { held: t(locale, 'messages:mine.held', { when: on(sendAfter) }) } : {}),
    ...(outcome && calledAt
      ? { called: t(locale, `messages:mine.called.${outcome}`, { when: on(calledAt) }) }
      : {}),
  };
}

/** Everything that was written or said to the signed-in person. */
@ApiExcludeController()
@Controller('my/messages')
export class MyMessagesPages {
  constructor(
    private readonly messages: MessageQuery,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForPerson()
  async list(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() me: { id: string },
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const cursor = formText(query, 'cursor');
    const rows = await this.messages.ofPerson(me.id, PAGE_SIZE + 1, isUuid(cursor) ? cursor : undefined);
    const shown = rows.slice(0, PAGE_SIZE);
    const here = `/${locale}/my/messages`;
    await this.pages.send(
      reply,
      'messages/web/views/my-messages.hbs',
      { title: t(locale, 'messages:mine.title') },
      {
        items: shown.map((row) => presentMessage(row, locale)),
        shown: t(locale, 'messages:mine.count', { count: shown.length }),
        ...(cursor ? { firstHref: here } : {}),
        ...(rows.length > PAGE_SIZE ? { nextHref: `${here}?cursor=${shown.at(-1)?.id}` } : {}),
      },
    );
  }
}
