import { Injectable } from '@nestjs/common';
import { hasRoleIn } from '../../campaigns/public.js';
import { type Application, CallDoor, type CallPlace } from '../../calls/public.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import type { Selection } from '../selection.js';
import { SelectionStore } from '../selection.store.js';

/** Roles that design and publish; coordinators score. */
export const DECIDING_ROLES = ['admin', 'manager'] as const;

/** A call with its campaign and its selection. */
export interface SelectionPlace extends CallPlace {
  readonly selection: Selection;
}

/** Finds the selection of a request; what is somebody else's is as unknown as nothing. */
@Injectable()
export class SelectionDoor {
  constructor(
    private readonly calls: CallDoor,
    private readonly store: SelectionStore,
  ) {}

  /** A call whose selection the actor designs. @throws NotFound */
  async decided(actor: StaffActor, key: string): Promise<CallPlace> {
    const place = await this.calls.managed(actor, key);
    if (!decides(actor, place)) throw new NotFound('call');
    return place;
  }

  /** A selection that the actor works on. @throws NotFound also where there is none */
  async managed(actor: StaffActor, key: string): Promise<SelectionPlace> {
    return this.withSelection(await this.calls.managed(actor, key));
  }

  /** A selection that everybody may read, announced or further. @throws NotFound */
  async announced(key: string): Promise<SelectionPlace> {
    const place = await this.withSelection(await this.calls.visible(undefined, key));
    if (place.selection.state === 'draft') throw new NotFound('selection');
    return place;
  }

  /** A dossier of a selection that the actor works on. @throws NotFound */
  async dossier(actor: StaffActor, id: string): Promise<SelectionPlace & { application: Application }> {
    const { application, ...place } = await this.calls.dossier(actor, id);
    return { ...(await this.withSelection(place)), application };
  }

  private async withSelection(place: CallPlace): Promise<SelectionPlace> {
    const selection = await this.store.of(place.call.id);
    if (!selection) throw new NotFound('selection');
    return { ...place, selection };
  }
}

/** True when the actor designs and publishes for the campaign. */
export function decides(actor: StaffActor, { campaign }: CallPlace): boolean {
  const scope = { campaignId: campaign.id, organisationId: campaign.organisationId };
  return hasRoleIn(actor.grants, DECIDING_ROLES, scope);
}
