import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { publicAddress } from '../config/public-address.js';
import { MessageQueue } from '../messages/public.js';
import { PersonQuery } from '../people/public.js';
import { wallTimeOf } from '../shared/clock/wall-time.js';
import { formatTime } from '../shared/clock/format-date.js';
import { type Application, dossierNumber } from './application.js';
import type { Call } from './call.js';

/** Tells by SMS that a dossier was received, under which number, and until when it can be changed. */
@Injectable()
export class ApplicationReceipt {
  constructor(
    private readonly config: AppConfig,
    private readonly people: PersonQuery,
    private readonly messages: MessageQueue,
  ) {}

  /** Joins the open transaction; whoever has no number for SMS sees the number on the page. */
  async sent(application: Application, call: Call): Promise<void> {
    const { id, personId, organisationId, version } = application;
    const contact = (await this.people.contacts([personId])).get(personId);
    if (!contact?.canSms) return;
    const { language } = contact;
    const { localDate, localTime } = wallTimeOf(call.closesAt, call.zone);
    await this.messages.send({
      ...{ recipient: contact.e164, channel: 'sms', template: 'calls:sms.received', language },
      values: {
        number: dossierNumber(application),
        // Short, and the same digits in both scripts: a long date costs a second message.
        until: `${localDate.slice(8)}/${localDate.slice(5, 7)} ${formatTime(localTime, language)}`,
        link: `${publicAddress(this.config)}/${language}/my/applications`,
      },
      ...{ personId, organisationId, dedupeKey: `application:${id}:${version}` },
      isUrgent: true,
    });
  }
}
