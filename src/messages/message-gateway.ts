import type { Channel } from './message.js';

/** What a gateway is given. */
export interface Outgoing {
  id: string;
  to: string;
  channel: Channel;
  /** Of an e-mail. */
  subject: string | null;
  text: string;
}

/**
 * What became of a message: taken; refused with a reason, for ever or for now; or `unanswered`, when it may have
 * arrived or not.
 */
export type Delivery =
  | { outcome: 'taken' }
  | { outcome: 'refused'; reason: string; forEver: boolean }
  | { outcome: 'unanswered'; reason: string };

/** The way out of the house. */
export abstract class MessageGateway {
  /** What this gateway can carry; messages of other channels wait, visibly. */
  abstract readonly channels: readonly Channel[];
  /** Whether the stored text loses its codes once the message is taken: true wherever people are real. */
  abstract readonly forgetsSecrets: boolean;
  /** Hands one message over; never throws for what the far end does. */
  abstract deliver(message: Outgoing): Promise<Delivery>;
}

/** Demo mode: the row itself is the outbox, nothing leaves the machine. */
export class LocalOutbox extends MessageGateway {
  readonly channels = ['sms', 'email'] as const;
  readonly forgetsSecrets = false;

  deliver(): Promise<Delivery> {
    return Promise.resolve({ outcome: 'taken' });
  }
}

/** Production without a gateway: messages wait with the reason in their row. */
export class NoGateway extends MessageGateway {
  readonly channels = [] as const;
  readonly forgetsSecrets = true;

  deliver(): Promise<Delivery> {
    return Promise.resolve({ outcome: 'refused', reason: 'no-gateway', forEver: false });
  }
}

/** Several ways out, each for its own channels. */
export class Gateways extends MessageGateway {
  readonly forgetsSecrets = true;

  constructor(private readonly all: readonly MessageGateway[]) {
    super();
  }

  get channels(): readonly Channel[] {
    return this.all.flatMap(({ channels }) => channels);
  }

  deliver(message: Outgoing): Promise<Delivery> {
    const gateway = this.all.find(({ channels }) => channels.includes(message.channel));
    return (gateway ?? new NoGateway()).deliver(message);
  }
}
