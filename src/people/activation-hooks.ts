import { Injectable } from '@nestjs/common';
import type { PersonName } from './person-name.js';

/** Somebody who speaks for themselves from now on. */
export interface Activated {
  personId: string;
  phoneId: string;
  name: PersonName;
}

type Listener = (activated: Activated) => Promise<void>;

/** Tells features above that a person became active on a phone; part of the transaction that made them so. */
@Injectable()
export class ActivationHooks {
  private readonly listeners: Listener[] = [];

  add(listener: Listener): void {
    this.listeners.push(listener);
  }

  async tell(activated: Activated): Promise<void> {
    for (const listener of this.listeners) await listener(activated);
  }
}
