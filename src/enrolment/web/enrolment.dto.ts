import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { ENROLMENT_STATUSES, type EnrolmentStatus } from '../enrolment-status.js';

const PAGE_LIMIT = 200;

/** Whom to enrol: a trainee says nothing, or their own id; the desk names the person. */
export class EnrolDto {
  @ApiProperty({ format: 'uuid', required: false, description: 'For the desk; a trainee enrols oneself' })
  @IsOptional()
  @IsUUID()
  personId?: string;
}

/** Which page of a list. */
export class MyEnrolmentsPageDto {
  @ApiProperty({ required: false, description: '`next` of the page before' })
  @IsOptional()
  @IsUUID()
  cursor?: string;

  @ApiProperty({ required: false, minimum: 1, maximum: PAGE_LIMIT, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(PAGE_LIMIT)
  limit: number = 50;
}

export class BookingDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ENROLMENT_STATUSES })
  status!: EnrolmentStatus;

  @ApiProperty({
    required: false,
    minimum: 1,
    description: 'Rank now among those who wait; only while waiting',
  })
  position?: number;
}

export class NamedDto {
  @ApiProperty()
  slug!: string;

  @ApiProperty({ description: 'In the reader’s language' })
  name!: string;
}

export class VenueSummaryDto {
  @ApiProperty({ description: 'In the reader’s language' })
  name!: string;

  @ApiProperty()
  landmark!: string;
}

export class CourseSummaryDto {
  @ApiProperty()
  slug!: string;

  @ApiProperty({ description: 'In the reader’s language' })
  title!: string;
}

export class UnitSummaryDto {
  @ApiProperty({ minimum: 1 })
  n!: number;

  @ApiProperty({ format: 'date' })
  localDate!: string;

  @ApiProperty({ example: '09:00' })
  localStart!: string;

  @ApiProperty({ example: '12:30' })
  localEnd!: string;

  @ApiProperty({ format: 'date-time' })
  startsAt!: string;

  @ApiProperty({ format: 'date-time' })
  endsAt!: string;
}

export class SessionSummaryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['planned', 'closed', 'cancelled'] })
  status!: string;

  @ApiProperty({ type: NamedDto })
  campaign!: NamedDto;

  @ApiProperty({ type: NamedDto })
  city!: NamedDto;

  @ApiProperty({ type: CourseSummaryDto })
  course!: CourseSummaryDto;

  @ApiProperty({ type: VenueSummaryDto, nullable: true })
  venue!: VenueSummaryDto | null;

  @ApiProperty({ enum: ['ar', 'fr', 'en'], description: 'Language of the class' })
  language!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startsAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endsAt!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  localDate!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '09:00' })
  localStart!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '17:00' })
  localEnd!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Africa/Casablanca' })
  zone!: string | null;

  @ApiProperty({ type: UnitSummaryDto, isArray: true })
  units!: UnitSummaryDto[];
}

export class MyEnrolmentDto extends BookingDto {
  @ApiProperty({ format: 'date-time' })
  enrolledAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    required: false,
    description: 'Last moment to answer; only while offered',
  })
  offerExpiresAt?: string;

  @ApiProperty({ type: SessionSummaryDto })
  session!: SessionSummaryDto;
}

export class MyEnrolmentsDto {
  @ApiProperty({ type: MyEnrolmentDto, isArray: true })
  items!: MyEnrolmentDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page' })
  next!: string | null;
}
