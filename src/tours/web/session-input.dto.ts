import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { LOCALES, type Locale } from '../../shared/i18n/i18n.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { MAX_REMOTE_URL } from '../remote-link.js';

export const MAX_CAPACITY = 10_000;
export const MAX_OVERBOOK_PERCENT = 50;
export const MAX_UNITS = 20;
const MAX_PEOPLE = 20;
const MAX_NOTE = 300;
const MAX_CHANGES = 50;
const SHORT = 40;

const given = (_: unknown, value: unknown): boolean => value !== null;
/** Unlike `IsOptional`: null is an answer, and a wrong one. */
const unlessMissing = (_: unknown, value: unknown): boolean => value !== undefined;
const limit = (max: number) => ({ context: { params: { max } } });

export class UnitInputDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of an existing unit, in a change' })
  @IsOptional()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Number of an existing unit, in a change' })
  @IsOptional()
  @IsInt()
  n?: number;

  @ApiPropertyOptional({ format: 'date', description: "The stop's day unless given" })
  @IsOptional()
  @IsString()
  @MaxLength(SHORT)
  localDate?: string;

  @ApiProperty({ example: '09:00' })
  @IsString()
  @MaxLength(SHORT)
  localStart!: string;

  @ApiProperty({ example: '12:30' })
  @IsString()
  @MaxLength(SHORT)
  localEnd!: string;

  @ApiPropertyOptional({ default: 'Africa/Casablanca' })
  @IsOptional()
  @IsString()
  @MaxLength(SHORT)
  zone?: string;

  @ApiPropertyOptional({ type: 'string', format: 'uuid', nullable: true })
  @IsOptional()
  @IsUUID()
  roomId?: string | null;

  @ApiPropertyOptional({ type: [String], format: 'uuid' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_PEOPLE)
  @IsUUID(undefined, { each: true })
  trainerIds?: string[];

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'Teams whose kit is used' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_PEOPLE)
  @IsUUID(undefined, { each: true })
  kitIds?: string[];
}

export class NewSessionDto {
  @ApiProperty({ description: 'Id or slug of a course of the campaign', example: 'e-marketing' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  course!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_CAPACITY })
  // The rule nearest the property speaks first: a text is no whole number before it is too large.
  @Max(MAX_CAPACITY, limit(MAX_CAPACITY))
  @Min(1, { context: { code: 'capacity-zero' } })
  @IsInt()
  capacity!: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_OVERBOOK_PERCENT,
    default: 0,
    description:
      'Seats given beyond the capacity, in percent of it, rounded down; needs the reason `overbooked`',
  })
  @ValidateIf(unlessMissing)
  @Max(MAX_OVERBOOK_PERCENT, limit(MAX_OVERBOOK_PERCENT))
  @Min(0)
  @IsInt()
  overbookPercent?: number;

  @ApiPropertyOptional({ enum: LOCALES, default: 'fr' })
  @ValidateIf(unlessMissing)
  @IsIn(LOCALES)
  language?: Locale;

  @ApiPropertyOptional({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: "The rooms' venue unless given",
  })
  @IsOptional()
  @IsUUID()
  venueId?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: MAX_NOTE,
    description: 'A place by text; everybody sees it',
  })
  @ValidateIf(given)
  @IsOptional()
  @IsString()
  @MaxLength(MAX_NOTE, limit(MAX_NOTE))
  venueNote?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    format: 'uri',
    nullable: true,
    maxLength: MAX_REMOTE_URL,
    description:
      'https address of a session at a distance, without a room or place; people with a seat see it from 30 minutes before each unit until its end',
  })
  @ValidateIf(given)
  @IsOptional()
  @IsString()
  @MaxLength(MAX_REMOTE_URL, limit(MAX_REMOTE_URL))
  remoteUrl?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'For every unit that names none',
  })
  @IsOptional()
  @IsUUID()
  roomId?: string | null;

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'For every unit that names none' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_PEOPLE)
  @IsUUID(undefined, { each: true })
  trainerIds?: string[];

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    description: 'For every unit that names none: teams whose kit is used',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_PEOPLE)
  @IsUUID(undefined, { each: true })
  kitIds?: string[];

  @ApiProperty({ type: [UnitInputDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_UNITS, limit(MAX_UNITS))
  @ValidateNested({ each: true })
  @Type(() => UnitInputDto)
  units!: UnitInputDto[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Why a soft clash is passed, by its code',
  })
  @ValidateIf(unlessMissing)
  @IsObject()
  reasons?: Record<string, unknown>;
}

export class SessionChangeDto extends PartialType(NewSessionDto, { skipNullProperties: false }) {
  @ApiPropertyOptional({ format: 'date', description: 'New day of the first unit; the others move along' })
  @IsOptional()
  @IsString()
  @MaxLength(SHORT)
  localDate?: string;

  @ApiPropertyOptional({ example: '09:00', description: 'New start of the first unit' })
  @IsOptional()
  @IsString()
  @MaxLength(SHORT)
  localStart?: string;

  @ApiPropertyOptional({ example: '12:30', description: 'New end of the last unit' })
  @IsOptional()
  @IsString()
  @MaxLength(SHORT)
  localEnd?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'As it was read: a newer one is refused with 409' })
  @IsOptional()
  @IsInt()
  revision?: number;
}

export class OneOfManyChangesDto extends SessionChangeDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id!: string;
}

export class ManyChangesDto {
  @ApiProperty({
    type: [OneOfManyChangesDto],
    description: 'Saved together: what they pass through on the way does not matter',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_CHANGES, limit(MAX_CHANGES))
  @ValidateNested({ each: true })
  @Type(() => OneOfManyChangesDto)
  sessions!: OneOfManyChangesDto[];
}

export class CancelDto {
  @ApiProperty({ minLength: 3, maxLength: 500 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @MinLength(3, { context: { params: { min: 3 } } })
  @MaxLength(500, limit(500))
  reason!: string;

  @ApiPropertyOptional({ type: 'integer', description: 'As it was read: a newer one is refused with 409' })
  @ValidateIf(unlessMissing)
  @IsInt()
  revision?: number;
}

export class NewStopDto {
  @ApiPropertyOptional({ format: 'uuid', description: "The tour's only team unless given" })
  @IsOptional()
  @IsUUID()
  teamId?: string;

  @ApiProperty({ description: 'Slug', example: 'tetouan' })
  @IsString()
  @MaxLength(100)
  city!: string;

  @ApiProperty({ format: 'date' })
  @IsString()
  @MaxLength(SHORT)
  localDate!: string;
}

export class SessionListQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Slug', example: 'tetouan' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  city?: string;

  @ApiPropertyOptional({ format: 'date', description: 'First day' })
  @IsOptional()
  @IsString()
  @MaxLength(SHORT)
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Last day' })
  @IsOptional()
  @IsString()
  @MaxLength(SHORT)
  to?: string;
}

export class VenueQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Slug', example: 'tetouan' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  city?: string;
}
