import { Injectable } from '@nestjs/common';
import { hourlyBudget } from '../identity/public.js';
import { MessageQueue } from '../messages/public.js';
import { Clock } from '../shared/clock/clock.js';
import type { SignUp } from './sign-up.check.js';

/** Tells a phone that it already serves as many people as it may. */
@Injectable()
export class PhoneFullNotice {
  constructor(
    private readonly clock: Clock,
    private readonly messages: MessageQueue,
  ) {}

  /** Once a day at most: whoever owns the phone learns it, whoever typed the number does not. */
  async send({ phone, language }: SignUp): Promise<void> {
    if (!phone.sms || hourlyBudget(phone.country) === 0) return;
    const day = this.clock.now().toISOString().slice(0, 10);
    await this.messages.send({
      recipient: phone.e164,
      channel: 'sms',
      template: 'phone-full',
      isUrgent: true,
      language,
      dedupeKey: `phone-full:${phone.e164}:${day}`,
    });
  }
}
