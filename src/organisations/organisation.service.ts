import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { newId } from '../shared/new-id.js';
import { Organisation } from './organisation.entity.js';

export type NewOrganisation = Pick<Organisation, 'slug' | 'kind' | 'nameFr' | 'nameAr'> & { id?: string };

/** Writes of organisations. */
@Injectable()
export class OrganisationService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Makes the organisation, or leaves the one that already has the slug as it is. @returns its id */
  async ensure({ id, ...given }: NewOrganisation): Promise<string> {
    const known = await this.db.manager.findOneBy(Organisation, { slug: given.slug });
    if (known) return known.id;
    const made = { id: id ?? newId(), ...given, createdAt: this.clock.now() };
    await this.db.manager.insert(Organisation, made);
    return made.id;
  }
}
