import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsObject, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';
import { TrainerDto } from './session.dto.js';

const SHORT = 40;
const unlessMissing = (_: unknown, value: unknown): boolean => value !== undefined;

export class ReplacementQueryDto {
  @ApiProperty({ format: 'uuid', description: 'Who is to be replaced' })
  @IsOptional()
  @IsString()
  @MaxLength(SHORT)
  trainer = '';
}

export class ReplacementDto {
  @ApiProperty({ format: 'uuid', description: 'Who is replaced' })
  @IsUUID()
  trainerId!: string;

  @ApiProperty({ format: 'uuid', description: "One of the campaign's trainers" })
  @IsUUID()
  replacementId!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Why something unusual is meant, by its code',
  })
  @ValidateIf(unlessMissing)
  @IsObject()
  reasons?: Record<string, unknown>;

  @ApiPropertyOptional({ type: 'integer', description: 'As it was read; a newer one is refused with 409' })
  @ValidateIf(unlessMissing)
  @IsInt()
  revision?: number;
}

export class CandidateDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: 'integer', description: 'Driving minutes that this adds to their road, both ways' })
  addedMinutes!: number;

  @ApiProperty({ description: 'The minutes of a road are summed over others' })
  estimated!: boolean;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Slug of the city; null for what one may not know',
  })
  from!: string | null;

  @ApiProperty({ description: 'From home, not from a class' })
  isFromHome!: boolean;
}

export class WhyNotDto {
  @ApiProperty({
    enum: [
      'not-qualified',
      'day-off',
      'busy',
      'start-unknown',
      'road-unknown',
      'cannot-arrive',
      'cannot-go-on',
    ],
  })
  code!: string;

  @ApiProperty({ description: "In the reader's language" })
  detail!: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Road and half an hour, in minutes' })
  needed?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Minutes that there are' })
  available?: number;
}

export class NotListedDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [WhyNotDto] })
  why!: WhyNotDto[];
}

export class ReplacementsDto {
  @ApiProperty({ type: 'integer', description: 'Of the session: send it back with the replacement' })
  revision!: number;

  @ApiProperty({ type: TrainerDto })
  trainer!: TrainerDto;

  @ApiProperty({ type: [CandidateDto], description: 'The least added minutes first' })
  candidates!: CandidateDto[];

  @ApiProperty({ type: [NotListedDto] })
  notListed!: NotListedDto[];
}
