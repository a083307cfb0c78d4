import { Column, Entity, PrimaryColumn } from 'typeorm';

export const ORGANISATION_KINDS = [
  'agency',
  'operator',
  'chamber',
  'cooperative',
  'partner',
  'training-provider',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** An agency that funds, an operator, a chamber, a cooperative, a partner platform or a training provider. */
@Entity('organisation')
export class Organisation {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  slug!: string;

  @Column('text')
  kind!: OrganisationKind;

  @Column('text', { name: 'name_fr' })
  nameFr!: string;

  @Column('text', { name: 'name_ar' })
  nameAr!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
