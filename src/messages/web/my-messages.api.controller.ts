import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForPerson } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { MessageQuery, type PersonMessage } from '../message.query.js';
import { MyMessagesPage, MyMessagesView, type MyMessageView } from './message.dto.js';

function presentMessage(row: PersonMessage): MyMessageView {
  const { id, channel, template, body, state, error: reason, at, sendAfter, outcome, calledAt } = row;
  const call = outcome && calledAt ? { outcome, at: calledAt.toISOString() } : null;
  return {
    id,
    channel,
    template,
    body,
    state,
    reason,
    at: at.toISOString(),
    sendAfter: sendAfter?.toISOString() ?? null,
    call,
  };
}

/** The signed-in person's own messages. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('api/v1/me/messages')
export class MyMessagesApi {
  constructor(private readonly messages: MessageQuery) {}

  @Get()
  @ForPerson()
  @ApiOperation({ summary: 'Every message written to me, newest first' })
  @ApiOkResponse({ type: MyMessagesView })
  async list(@CurrentPerson() me: { id: string }, @Query() page: MyMessagesPage): Promise<MyMessagesView> {
    const rows = await this.messages.ofPerson(me.id, page.limit + 1, page.cursor);
    const items = rows.slice(0, page.limit).map(presentMessage);
    return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
  }
}
