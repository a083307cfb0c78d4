import { Injectable } from '@nestjs/common';
import { MessageQueue } from '../messages/public.js';
import { PersonQuery } from '../people/public.js';
import { CertificateLink } from './certificate-link.js';
import type { PrintedDraft } from './certificate.store.js';
import { inReader } from './printed-words.js';

/** Tells people that their certificate is there, with the link that opens the PDF. */
@Injectable()
export class CertificateNotice {
  constructor(
    private readonly people: PersonQuery,
    private readonly messages: MessageQueue,
    private readonly link: CertificateLink,
  ) {}

  /** Writes the message in the transaction that issues; without a number for SMS there is none. */
  async tell(draft: PrintedDraft): Promise<void> {
    const contact = (await this.people.contacts([draft.personId])).get(draft.personId);
    if (!contact?.canSms) return;
    const { language, e164 } = contact;
    await this.messages.send({
      recipient: e164,
      channel: 'sms',
      template: 'certificates:sms.issued',
      language,
      values: { course: inReader(draft.frozen.course, language), link: this.link.pageAddress(draft.code) },
      personId: draft.personId,
      organisationId: draft.organisationId,
      dedupeKey: `certificate:${draft.id}`,
    });
  }
}
