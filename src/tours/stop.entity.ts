import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A city at a date on the road of one team. */
@Entity('stop')
export class Stop {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tour_id' })
  tourId!: string;

  @Column('uuid', { name: 'team_id' })
  teamId!: string;

  @Column('text', { name: 'city_slug' })
  citySlug!: string;

  /** `YYYY-MM-DD` */
  @Column('date', { name: 'local_date' })
  localDate!: string;
}
