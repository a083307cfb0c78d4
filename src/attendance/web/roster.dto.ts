import { ApiProperty } from '@nestjs/swagger';

export class RosterPlaceDto {
  @ApiProperty()
  slug!: string;

  @ApiProperty({ description: 'In the reader’s language' })
  name!: string;
}

export class RosterUnitDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ minimum: 1 })
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

export class RosterNameDto {
  @ApiProperty({ required: false })
  fr?: string;

  @ApiProperty({ required: false })
  ar?: string;
}

export class RosterPersonDto {
  @ApiProperty({ format: 'uuid' })
  enrolmentId!: string;

  @ApiProperty({ type: RosterNameDto })
  name!: RosterNameDto;

  @ApiProperty({ enum: ['booked', 'offered', 'waiting', 'cancelled', 'declined', 'expired'] })
  status!: string;

  @ApiProperty({ description: 'SHA-256 of the text of the pass’s QR, in hexadecimal' })
  passDigest!: string;

  @ApiProperty({ description: 'SHA-256 of the spoken code, in hexadecimal' })
  codeDigest!: string;

  @ApiProperty({
    description: 'Presence by unit id; a unit without a mark is left out',
    type: 'object',
    additionalProperties: { type: 'string', enum: ['present', 'partial', 'absent'] },
  })
  presence!: Record<string, string>;
}

export class RosterDto {
  @ApiProperty({ format: 'uuid' })
  sessionId!: string;

  @ApiProperty({ enum: ['planned', 'postponed', 'closed', 'cancelled'] })
  status!: string;

  @ApiProperty({ type: RosterPlaceDto })
  city!: RosterPlaceDto;

  @ApiProperty({ description: 'Title of the course, in the reader’s language' })
  course!: string;

  @ApiProperty({ type: RosterUnitDto, isArray: true })
  units!: RosterUnitDto[];

  @ApiProperty({
    type: RosterPersonDto,
    isArray: true,
    description: 'Sorted by name in the reader’s language',
  })
  people!: RosterPersonDto[];
}
