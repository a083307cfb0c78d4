import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, ValidateIf } from 'class-validator';
import {
  CALL_FILTERS,
  CALL_OUTCOMES,
  type CallFilter,
  type CallOutcome,
  LONGEST_NOTE,
} from '../../messages/public.js';
import { LOCALES, type Locale } from '../../shared/i18n/i18n.js';
import { ListDto } from '../../shared/paging/list.dto.js';

export class CallsQueryDto extends ListDto {
  @ApiPropertyOptional({
    enum: CALL_FILTERS,
    default: 'all',
    description: '`open`: whom it is still worth calling',
  })
  @IsOptional()
  @IsIn(CALL_FILTERS)
  show: CallFilter = 'all';
}

export class CallProgressDto {
  @ApiProperty({ type: 'integer' })
  total!: number;

  @ApiProperty({ type: 'integer' })
  reached!: number;

  @ApiProperty({ type: 'integer', description: 'Not called yet, no answer, or to be called again' })
  open!: number;
}

export class CallerDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class CallLineDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: '+212539123456' })
  phone!: string | null;

  @ApiProperty({ enum: ['no-sms', 'failed', 'unknown', 'unanswered'] })
  why!: string;

  @ApiProperty({ enum: LOCALES, description: 'Of the person, and of `say`' })
  language!: Locale;

  @ApiProperty({ description: 'What to say' })
  say!: string;

  @ApiProperty({ type: 'integer' })
  attempts!: number;

  @ApiProperty({ type: String, enum: CALL_OUTCOMES, nullable: true, description: 'Of the last call' })
  outcome!: CallOutcome | null;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  calledAt!: string | null;

  @ApiProperty({ type: CallerDto, nullable: true, description: 'Whoever has the line now' })
  takenBy!: CallerDto | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  takenUntil!: string | null;
}

export class CallLineListDto {
  @ApiProperty({ type: CallProgressDto })
  progress!: CallProgressDto;

  @ApiProperty({ type: [CallLineDto] })
  items!: CallLineDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page' })
  next!: string | null;
}

export class CallTakenDto {
  @ApiProperty({ format: 'date-time' })
  takenUntil!: string;
}

export class CallOutcomeDto {
  @ApiProperty({ enum: CALL_OUTCOMES })
  @IsIn(CALL_OUTCOMES)
  outcome!: CallOutcome;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: LONGEST_NOTE,
    description: 'Numbers of identity cards are masked',
  })
  @ValidateIf((_: unknown, value: unknown) => value !== undefined && value !== null)
  @IsString()
  @MaxLength(LONGEST_NOTE, { context: { params: { max: LONGEST_NOTE } } })
  note?: string | null;
}
