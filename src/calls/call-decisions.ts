import { Injectable } from '@nestjs/common';
import type { Locale } from '../shared/i18n/i18n.js';

/** What a page says of a decision. */
export interface DecisionNote {
  readonly kind: 'good' | 'info' | 'neutral';
  readonly title: string;
  readonly lines: readonly string[];
  /** Something to be copied and compared. */
  readonly code?: { readonly label: string; readonly text: string };
  readonly link?: { readonly href: string; readonly label: string };
}

/** Whoever decides on the dossiers of calls, selection, says here what its pages need to know. */
export abstract class CallDecision {
  /** True once the dossiers of a call are decided on: it is not opened again. Asked with the call's row locked. */
  abstract isDecided(callId: string): Promise<boolean>;
  /** What the call's own page says of how it is decided. */
  abstract ofCall(callId: string, slug: string, locale: Locale): Promise<DecisionNote | undefined>;
  /** What became of dossiers, by their ids. */
  abstract ofDossiers(ids: readonly string[], locale: Locale): Promise<ReadonlyMap<string, DecisionNote>>;
}

/** Where the decision registers, in `onModuleInit`. */
@Injectable()
export class CallDecisions {
  private decision: CallDecision | undefined;

  register(decision: CallDecision): void {
    this.decision = decision;
  }

  async isDecided(callId: string): Promise<boolean> {
    return (await this.decision?.isDecided(callId)) ?? false;
  }

  ofCall(callId: string, slug: string, locale: Locale): Promise<DecisionNote | undefined> {
    return this.decision?.ofCall(callId, slug, locale) ?? Promise.resolve(undefined);
  }

  async ofDossiers(ids: readonly string[], locale: Locale): Promise<ReadonlyMap<string, DecisionNote>> {
    return (await this.decision?.ofDossiers(ids, locale)) ?? new Map<string, DecisionNote>();
  }
}
