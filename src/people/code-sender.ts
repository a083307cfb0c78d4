import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { type Challenge, CODE_LIFE_MS } from '../identity/public.js';
import { MessageQueue } from '../messages/public.js';
import { Clock } from '../shared/clock/clock.js';
import type { Locale } from '../shared/i18n/i18n.js';
import type { PhonePerson } from './phone-book.js';

/** Puts a challenge into words: a code for whom the phone serves, the way to sign up for a number nobody has. */
@Injectable()
export class CodeSender {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly messages: MessageQueue,
  ) {}

  /** @param locale language of the request, for numbers nobody has */
  async send(
    e164: string,
    challenge: Challenge,
    people: readonly PhonePerson[],
    locale: Locale,
  ): Promise<void> {
    const code = challenge.code;
    const [first, second] = people;
    await this.messages.send({
      recipient: e164,
      channel: 'sms',
      dedupeKey: `code:${challenge.id}`,
      sendsAgain: true,
      isUrgent: true,
      staleAt: new Date(this.clock.now().getTime() + CODE_LIFE_MS),
      // On a shared phone nobody knows yet whose code it is.
      ...(first && !second ? { personId: first.id } : {}),
      ...(first && code !== undefined
        ? { template: 'code', language: first.language, values: { code }, secrets: ['code'] }
        : {
            template: 'no-account',
            language: locale,
            values: { link: `${this.origin()}/${locale}/sign-up` },
          }),
    });
  }

  private origin(): string {
    const { PUBLIC_URL, HOST, PORT } = this.config;
    return PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST.replace(/[[\]]/g, '')}]` : HOST}:${PORT}`;
  }
}
