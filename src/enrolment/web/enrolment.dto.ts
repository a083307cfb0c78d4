import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { SessionDto } from '../../tours/public.js';
import { ENROLMENT_STATUSES, type EnrolmentStatus } from '../enrolment-status.js';

/** Whom to enrol: a trainee says nothing, or their own id; the desk names the person. */
export class EnrolDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'For the desk; a trainee enrols oneself' })
  @IsOptional()
  @IsUUID()
  personId?: string;
}

export class BookingDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ENROLMENT_STATUSES })
  status!: EnrolmentStatus;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'Rank now among those who wait; only while waiting',
  })
  position?: number;
}

export class MyEnrolmentDto extends BookingDto {
  @ApiProperty({ format: 'date-time' })
  enrolledAt!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Last moment to answer; only while offered' })
  offerExpiresAt?: string;

  @ApiPropertyOptional({
    format: 'uri',
    description:
      'Of a session at a distance; only while booked, from 30 minutes before each unit until its end',
  })
  remoteUrl?: string;

  @ApiProperty({ type: SessionDto })
  session!: SessionDto;
}

export class MyEnrolmentsDto {
  @ApiProperty({ type: [MyEnrolmentDto] })
  items!: MyEnrolmentDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Cursor of the next page' })
  next!: string | null;
}
