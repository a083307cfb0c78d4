import { Injectable } from '@nestjs/common';
import { MessageQueue } from '../messages/public.js';
import { PersonQuery } from '../people/public.js';
import type { Task } from './task.js';

/** Tells people by SMS that there is something to do again. */
@Injectable()
export class TaskNotice {
  constructor(
    private readonly people: PersonQuery,
    private readonly messages: MessageQueue,
  ) {}

  /** Joins the transaction that is open; whoever has no number for SMS finds it in the lesson. */
  async returned({ id, personId }: Task, handIn: string): Promise<void> {
    const contact = (await this.people.contacts([personId])).get(personId);
    if (!contact?.canSms) return;
    await this.messages.send({
      recipient: contact.e164,
      channel: 'sms',
      template: 'teaching:sms.returned',
      language: contact.language,
      personId,
      dedupeKey: `task:${id}:${handIn}`,
    });
  }
}
