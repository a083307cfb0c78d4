import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { CampaignCourseDto, NamedDto } from '../../campaigns/public.js';

export class UnitDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', description: '1 for the first' })
  n!: number;

  @ApiProperty({ format: 'date' })
  localDate!: string;

  @ApiProperty({ example: '09:00' })
  localStart!: string;

  @ApiProperty({ example: '12:30' })
  localEnd!: string;

  @ApiProperty({ example: 'Africa/Casablanca' })
  zone!: string;

  @ApiProperty({ format: 'date-time' })
  startsAt!: string;

  @ApiProperty({ format: 'date-time' })
  endsAt!: string;
}

export class VenueDto {
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Null for a place given as text',
  })
  id!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'How to find it; may be empty' })
  landmark!: string;

  @ApiProperty({ type: 'boolean', nullable: true, description: 'Null when not known' })
  wheelchair!: boolean | null;
}

export class CampaignRefDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty()
  name!: string;
}

@ApiExtraModels(VenueDto)
export class SessionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: CampaignRefDto })
  campaign!: CampaignRefDto;

  @ApiProperty({ format: 'uuid' })
  tourId!: string;

  @ApiProperty({ format: 'uuid' })
  stopId!: string;

  @ApiProperty({ type: NamedDto })
  city!: NamedDto;

  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(VenueDto) }, { type: 'null' }] })
  venue!: VenueDto | null;

  @ApiProperty({ description: 'Held at a distance: it has no venue' })
  remote!: boolean;

  @ApiProperty({ type: CampaignCourseDto })
  course!: CampaignCourseDto;

  @ApiProperty({ enum: ['ar', 'fr', 'en'], description: 'Spoken in the room' })
  language!: string;

  @ApiProperty({ format: 'date-time' })
  startsAt!: string;

  @ApiProperty({ format: 'date-time' })
  endsAt!: string;

  @ApiProperty({ format: 'date', description: 'Day of the first unit' })
  localDate!: string;

  @ApiProperty({ example: '09:00', description: 'Start of the first unit' })
  localStart!: string;

  @ApiProperty({ example: '16:30', description: 'End of the last unit' })
  localEnd!: string;

  @ApiProperty({ example: 'Africa/Casablanca' })
  zone!: string;

  @ApiProperty({ type: [UnitDto] })
  units!: UnitDto[];

  @ApiProperty({ type: 'integer' })
  capacity!: number;

  @ApiProperty({ type: 'integer' })
  booked!: number;

  @ApiProperty({ type: 'integer' })
  waiting!: number;

  @ApiProperty({
    type: 'integer',
    description: 'capacity (with what is given beyond it) − booked − offered − held, never below 0',
  })
  seatsLeft!: number;

  @ApiProperty({ enum: ['planned', 'postponed', 'closed', 'cancelled'] })
  status!: string;
}

export class SessionListDto {
  @ApiProperty({ type: [SessionDto] })
  items!: SessionDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Cursor of the next page' })
  next!: string | null;
}

export class TrainerDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

/** A half-day with who and what it needs. */
export class StaffUnitDto extends UnitDto {
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  roomId!: string | null;

  @ApiProperty({ type: [TrainerDto] })
  trainers!: TrainerDto[];

  @ApiProperty({ type: [String], format: 'uuid', description: 'Teams whose kit is used' })
  kitIds!: string[];
}

/** Members that only the staff of the session is given. */
export class SessionPlanDto {
  @ApiProperty({ type: 'integer', description: 'Send it with a change to refuse one made meanwhile' })
  revision!: number;

  @ApiProperty({ format: 'uuid' })
  teamId!: string;

  @ApiProperty({ type: 'integer', description: 'Seats given beyond the capacity, in percent of it' })
  overbookPercent!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Why soft clashes were passed, by code',
  })
  reasons!: Record<string, string>;

  @ApiProperty({ type: 'string', nullable: true })
  cancelReason!: string | null;

  @ApiPropertyOptional({
    format: 'uri',
    description: 'Of a session at a distance; for those who plan it and its trainers',
  })
  remoteUrl?: string;

  @ApiProperty({ type: [StaffUnitDto] })
  units!: StaffUnitDto[];
}

/** One session; `plan` is there for its staff. */
export class SessionDetailDto extends SessionDto {
  @ApiPropertyOptional({ type: SessionPlanDto })
  plan?: SessionPlanDto;
}
