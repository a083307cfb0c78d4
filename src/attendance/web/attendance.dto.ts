import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { FLAGS, MAX_EVENTS, REVIEWS } from '../attendance-event.js';

/** Characters of a trainer's log, and of a reason. */
export const LONGEST_LOG = 5000;
export const SHORTEST_REASON = 3;
export const LONGEST_REASON = 500;
const trimmed = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.trim() : value;

export class WalkInNameDto {
  @ApiProperty({ maxLength: 100, description: 'In either script' })
  given!: string;

  @ApiProperty({ maxLength: 100 })
  family!: string;
}

export class WalkInDto {
  @ApiProperty({
    description: 'Or by script as in a sign-up, or one line whose first word is the given name',
    type: WalkInNameDto,
  })
  name!: WalkInNameDto;

  @ApiProperty({ required: false, example: '06 12 34 56 78' })
  phone?: string;

  @ApiProperty({ enum: ['heard', 'read'], description: 'How the consent to training was given' })
  consent!: string;
}

export class AttendanceEventDto {
  @ApiProperty({ format: 'uuid', description: 'Made by the device; the same id again is a duplicate' })
  id!: string;

  @ApiProperty({ required: false, description: 'Who recorded it, as the device knows them' })
  by?: string;

  @ApiProperty({ description: 'Id or number of the unit', oneOf: [{ type: 'string' }, { type: 'integer' }] })
  unit!: string | number;

  @ApiProperty({
    format: 'date-time',
    description: 'Instant on the device’s clock; the server adds its skew',
  })
  at!: string;

  @ApiProperty({ enum: ['present', 'partial', 'absent', 'correction', 'walkIn'] })
  kind!: string;

  @ApiProperty({
    required: false,
    description: 'Of a correction: present, partial or absent. Of a partial presence: its minutes',
    oneOf: [
      { type: 'string', enum: ['present', 'partial', 'absent'] },
      { type: 'integer', minimum: 1 },
    ],
  })
  value?: string | number;

  @ApiProperty({
    required: false,
    minimum: 1,
    description: 'Minutes of a partial presence, half the unit when unset',
  })
  minutes?: number;

  @ApiProperty({ required: false, format: 'uuid' })
  enrolmentId?: string;

  @ApiProperty({ required: false, description: 'Text of the QR, or the spoken code' })
  pass?: string;

  @ApiProperty({ required: false, type: WalkInDto })
  walkIn?: WalkInDto;

  @ApiProperty({ required: false, description: 'The identity card was seen; its number is never sent' })
  idSeen?: boolean;

  @ApiProperty({ required: false, description: 'Why it is corrected' })
  reason?: string;
}

export class AttendanceBatchDto {
  @ApiProperty({ maxLength: 200 })
  deviceId!: string;

  @ApiProperty({ format: 'date-time', description: 'The device’s clock when it sends' })
  sentAt!: string;

  @ApiProperty({ required: false, maxLength: 100 })
  appVersion?: string;

  @ApiProperty({
    type: AttendanceEventDto,
    isArray: true,
    maxItems: MAX_EVENTS,
    description: 'Unknown members are kept',
  })
  events!: AttendanceEventDto[];
}

export class ReviewDto {
  @ApiProperty({ description: 'The event’s id, or the one it is kept under when it came without' })
  id!: string;

  @ApiProperty({ enum: [...REVIEWS, ...FLAGS] })
  why!: string;

  @ApiProperty({ description: 'True when the event counts all the same' })
  counted!: boolean;

  @ApiProperty({ description: 'The same for people, in the reader’s language' })
  detail!: string;
}

export class BatchAnswerDto {
  @ApiProperty({ minimum: 0, description: 'New events that count' })
  accepted!: number;

  @ApiProperty({ minimum: 0 })
  duplicates!: number;

  @ApiProperty({ type: ReviewDto, isArray: true })
  review!: ReviewDto[];
}

export class CloseDto {
  @ApiProperty({ required: false, maxLength: LONGEST_LOG, description: 'The trainer’s log of the session' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_LOG, { context: { code: 'too-long', params: { max: LONGEST_LOG } } })
  log?: string;
}

export class ReopenDto {
  @ApiProperty({ minLength: SHORTEST_REASON, maxLength: LONGEST_REASON })
  @Transform(trimmed)
  @IsString()
  @Length(SHORTEST_REASON, LONGEST_REASON)
  reason!: string;
}

export class SessionStatusDto {
  @ApiProperty({ enum: ['planned', 'closed'] })
  status!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: string | null;
}

export class PassDto {
  @ApiProperty({ example: '12345674', description: 'Said aloud; the last digit checks the others' })
  code!: string;

  @ApiProperty({ description: 'Text of the QR' })
  qr!: string;
}

/** The pages' own forms: what is wrong in them is told beside the field, with what was typed. */
export class CloseFormDto {
  @IsOptional()
  @IsString()
  log?: string;
}

export class ReopenFormDto {
  @IsOptional()
  @IsString()
  reason?: string;
}
