import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import type { Mark } from '../presence.js';

const LONGEST_UNIT_MINUTES = 24 * 60;
const MARKS: readonly Mark[] = ['present', 'partial', 'absent'];
const emptyIsNone = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;

/** Which half-day is shown, and whose names. */
export class RollCallQueryDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  unit?: number;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

/** One tap, or what was typed about one person; a page without script sends it. */
export class RollCallFormDto {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  unit!: number;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  /** The enrolment and the mark of a big button, parted by a colon. */
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}:(present|partial|absent)$/)
  tap?: string;

  @IsOptional()
  @IsUUID()
  enrolmentId?: string;

  @IsOptional()
  @IsIn(MARKS)
  mark?: Mark;

  @Transform(emptyIsNone)
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LONGEST_UNIT_MINUTES)
  minutes?: number;

  @IsOptional()
  @IsString()
  idSeen?: string;

  @Transform(emptyIsNone)
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;

  @Transform(emptyIsNone)
  @IsOptional()
  @IsString()
  @MaxLength(300)
  pass?: string;

  @Transform(emptyIsNone)
  @IsOptional()
  @IsString()
  @MaxLength(100)
  given?: string;

  @Transform(emptyIsNone)
  @IsOptional()
  @IsString()
  @MaxLength(100)
  family?: string;

  @Transform(emptyIsNone)
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @IsIn(['heard', 'read'])
  consent?: 'heard' | 'read';
}
