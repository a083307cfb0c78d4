import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Activated, ActivationHooks, isSameName, NominatedPeople } from '../people/public.js';
import { NominationStore } from './nomination.store.js';

/** Who was named by others and now speaks for themselves is one person: their nominations are theirs. */
@Injectable()
export class ArrivalService implements OnModuleInit {
  constructor(
    private readonly hooks: ActivationHooks,
    private readonly people: NominatedPeople,
    private readonly nominations: NominationStore,
  ) {}

  onModuleInit(): void {
    this.hooks.add((activated) => this.recognise(activated));
  }

  private async recognise({ personId, phoneId, name }: Activated): Promise<void> {
    const behind = await this.people.behind([phoneId]);
    const same = behind.filter((one) => !one.isActive && isSameName(one.name, name)).map(({ id }) => id);
    if (same.length === 0) return;
    await this.nominations.move(same, personId);
    await this.people.forget(same);
  }
}
