import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import {
  IMPEDIMENT_ANSWERS,
  IMPEDIMENT_REASONS,
  type ImpedimentAnswer,
  type ImpedimentReason,
} from '../impediments/impediment.js';
import { TrainerDto } from './session.dto.js';

export const MAX_IMPEDIMENT_NOTE = 300;

export class NewImpedimentDto {
  @ApiProperty({ enum: IMPEDIMENT_REASONS })
  @IsIn(IMPEDIMENT_REASONS)
  reason!: ImpedimentReason;

  @ApiPropertyOptional({ type: 'string', nullable: true, maxLength: MAX_IMPEDIMENT_NOTE })
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null)
  @IsString()
  @MaxLength(MAX_IMPEDIMENT_NOTE)
  note?: string | null;
}

export class ImpedimentDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  sessionId!: string;

  @ApiProperty({ type: TrainerDto })
  trainer!: TrainerDto;

  @ApiProperty({ enum: IMPEDIMENT_REASONS })
  reason!: ImpedimentReason;

  @ApiProperty({ type: 'string', nullable: true })
  note!: string | null;

  @ApiProperty({ format: 'date-time' })
  reportedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When everybody is told that the session is postponed' })
  dueAt!: string;

  @ApiProperty({ type: 'string', enum: IMPEDIMENT_ANSWERS, nullable: true })
  answer!: ImpedimentAnswer | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  answeredAt!: string | null;
}

export class ImpedimentListDto {
  @ApiProperty({ type: [ImpedimentDto] })
  items!: ImpedimentDto[];

  @ApiProperty({ type: 'string', nullable: true })
  next!: string | null;
}
