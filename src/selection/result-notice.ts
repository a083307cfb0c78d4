import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { publicAddress } from '../config/public-address.js';
import { dossierNumber } from '../calls/public.js';
import { MessageQueue, type NewMessage, smsSegments } from '../messages/public.js';
import { PersonQuery } from '../people/public.js';
import { type Locale, LOCALES } from '../shared/i18n/i18n.js';
import type { Outcome } from './selection.js';

/** Whom to tell what. */
export interface Told {
  readonly id: string;
  readonly personId: string;
  readonly n: number;
  readonly callNumber: number;
  readonly outcome: Outcome;
}

/** What one language costs. */
export interface ResultToldIn {
  readonly language: Locale;
  readonly people: number;
  readonly segments: number;
  /** Null where the house has set no price. */
  readonly centimes: number | null;
  /** The longest of the texts, as it will be sent. */
  readonly text: string;
}

/** Who will be told, and for how much. */
export interface ResultTold {
  readonly people: number;
  readonly segments: number;
  readonly centimes: number | null;
  readonly languages: readonly ResultToldIn[];
  /** People whom no SMS reaches: they are called, or read it on their page or in a letter. */
  readonly unreached: number;
}

/** Tells people by SMS what became of their dossier, in their language. */
@Injectable()
export class ResultNotice {
  constructor(
    private readonly config: AppConfig,
    private readonly people: PersonQuery,
    private readonly queue: MessageQueue,
  ) {}

  /** Counts the very messages that {@link send} would write. */
  async reckon(organisationId: string, told: readonly Told[]): Promise<ResultTold> {
    const price = this.config.QAFILA_SMS_CENTIMES;
    const messages = await this.messages(organisationId, told, 0);
    const costOf = (segments: number): number | null => (price === undefined ? null : segments * price);
    const languages = LOCALES.flatMap((language): ResultToldIn[] => {
      const texts = messages.filter((one) => one.language === language).map((one) => this.queue.textOf(one));
      const [longest] = [...texts].sort((a, b) => smsSegments(b) - smsSegments(a) || b.length - a.length);
      if (longest === undefined) return [];
      const segments = texts.reduce((sum, text) => sum + smsSegments(text), 0);
      return [{ language, people: texts.length, segments, centimes: costOf(segments), text: longest }];
    });
    const segments = languages.reduce((sum, one) => sum + one.segments, 0);
    const unreached = told.length - messages.length;
    return { people: messages.length, segments, centimes: costOf(segments), languages, unreached };
  }

  /**
   * Joins the open transaction.
   *
   * @param change which one of the call; 0 is the publication
   * @returns how many messages there are
   */
  async send(organisationId: string, told: readonly Told[], change: number): Promise<number> {
    const messages = await this.messages(organisationId, told, change);
    for (const message of messages) await this.queue.send(message);
    return messages.length;
  }

  private async messages(
    organisationId: string,
    told: readonly Told[],
    change: number,
  ): Promise<NewMessage[]> {
    const contacts = await this.people.contacts(told.map(({ personId }) => personId));
    return told.flatMap((one): NewMessage[] => {
      const contact = contacts.get(one.personId);
      if (!contact?.canSms) return [];
      const { language } = contact;
      const link = `${publicAddress(this.config)}/${language}/my/applications`;
      return [
        {
          ...{ recipient: contact.e164, channel: 'sms', template: `selection:sms.${one.outcome}`, language },
          values: { number: dossierNumber(one), link },
          ...{ personId: one.personId, organisationId, dedupeKey: `selection:${one.id}:${change}` },
        },
      ];
    });
  }
}
