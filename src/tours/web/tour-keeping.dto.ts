import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsObject, IsString, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import { TourNameDto } from './plan.dto.js';
import { StopDto } from './tour.dto.js';

const SHORT = 40;
/** Unlike `IsOptional`: null is an answer, and a wrong one. */
const unlessMissing = (_: unknown, value: unknown): boolean => value !== undefined;
const REASONS = {
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'Why a soft clash is passed, by its code',
} as const;

export class TourCopyDto {
  @ApiProperty({ type: TourNameDto })
  @IsObject()
  @ValidateNested()
  @Type(() => TourNameDto)
  name!: TourNameDto;

  @ApiProperty({ format: 'date', description: 'Day of the first stop; everything moves by as many days' })
  @IsString()
  @MaxLength(SHORT)
  from!: string;

  @ApiPropertyOptional(REASONS)
  @ValidateIf(unlessMissing)
  @IsObject()
  reasons?: Record<string, unknown>;
}

export class TourArchiveDto {
  @ApiProperty({ description: 'False takes it back' })
  @IsBoolean()
  archived!: boolean;
}

export class StopMoveDto {
  @ApiProperty({ format: 'date', description: 'New day; its sessions move along' })
  @IsString()
  @MaxLength(SHORT)
  localDate!: string;

  @ApiPropertyOptional({ default: false, description: "The team's later stops move by as many days" })
  @ValidateIf(unlessMissing)
  @IsBoolean()
  shiftRest?: boolean;

  @ApiPropertyOptional({ default: false, description: 'Only says what would happen' })
  @ValidateIf(unlessMissing)
  @IsBoolean()
  preview?: boolean;

  @ApiPropertyOptional({ description: '`seen` of a preview: something else is refused with 409' })
  @ValidateIf(unlessMissing)
  @IsString()
  @MaxLength(SHORT)
  seen?: string;

  @ApiPropertyOptional(REASONS)
  @ValidateIf(unlessMissing)
  @IsObject()
  reasons?: Record<string, unknown>;
}

export class MovedStopDto extends StopDto {
  @ApiProperty({ format: 'date', description: 'The day it had' })
  from!: string;

  @ApiProperty({ type: 'integer', description: 'Sessions that move along' })
  sessions!: number;
}

export class StopMovedDto {
  @ApiProperty({ description: 'False for a preview' })
  saved!: boolean;

  @ApiProperty({ type: [MovedStopDto] })
  stops!: MovedStopDto[];

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of a preview: who would be told' })
  people!: number | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Of a preview: to confirm this very move' })
  seen!: string | null;
}
