import { Injectable } from '@nestjs/common';
import type { Locale } from '../shared/i18n/i18n.js';

/** What one language costs: SMS to people who read it. */
export interface ToldInLanguage {
  language: Locale;
  channel: 'sms';
  people: number;
  segments: number;
  /** Null where the house has set no price. */
  centimes: number | null;
  /** The longest of the texts, as it would be sent. */
  text: string;
}

/** Who would be told of a change, how, and for how much. */
export interface ToldPreview {
  people: number;
  booked: number;
  offered: number;
  waiting: number;
  languages: ToldInLanguage[];
  segments: number;
  centimes: number | null;
  /** People whom an SMS does not reach: they are called. */
  calls: { landline: number; noNumber: number };
}

export const NOBODY_TOLD: ToldPreview = {
  people: 0,
  booked: 0,
  offered: 0,
  waiting: 0,
  languages: [],
  segments: 0,
  centimes: 0,
  calls: { landline: 0, noNumber: 0 },
};

/** Whoever tells people of sessions, enrolment, says beforehand who they are. */
export abstract class ToldReckoner {
  /**
   * Called in a transaction that will be undone, before the change is made in it with the session's row locked; the
   * function that comes back is called when the change stands there.
   */
  abstract begin(sessionId: string): Promise<() => Promise<ToldPreview>>;
}

/** Where the reckoner registers, in `onModuleInit`. */
@Injectable()
export class ToldReckoning {
  private reckoner: ToldReckoner | undefined;

  register(reckoner: ToldReckoner): void {
    this.reckoner = reckoner;
  }

  async begin(sessionId: string): Promise<() => Promise<ToldPreview>> {
    return (await this.reckoner?.begin(sessionId)) ?? (() => Promise.resolve(NOBODY_TOLD));
  }
}
