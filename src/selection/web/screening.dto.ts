import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { HIGHEST, LONGEST_NOTE } from '../selection.js';

const SCORES = {
  type: 'object',
  additionalProperties: { type: 'integer', minimum: 0, maximum: HIGHEST },
  example: { c1: 4, c2: 2 },
} as const;

export class ScreeningProgressDto {
  @ApiProperty({ type: 'integer', description: 'Sent and not taken back' })
  dossiers!: number;
  @ApiProperty({ type: 'integer' })
  eligible!: number;
  @ApiProperty({ type: 'integer', description: 'With all their scores and no open gap' })
  done!: number;
  @ApiProperty({ type: 'integer', description: 'Two scorers more than 30 % apart, not settled' })
  gaps!: number;
  @ApiProperty({ type: 'integer', description: 'That you scored' })
  mine!: number;
}

export class ScreeningLookDto {
  @ApiProperty({ type: 'integer', description: '1, 2: the scorers; 3: the third look' })
  slot!: number;
  @ApiProperty()
  by!: string;
  @ApiProperty(SCORES)
  scores!: Record<string, number>;
  @ApiProperty({ type: 'integer', description: 'Weighted' })
  points!: number;
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
}

export class ScreeningAnswerDto {
  @ApiProperty()
  question!: string;
  @ApiProperty()
  answer!: string;
}

export class ScreeningPhotoDto {
  @ApiProperty()
  question!: string;
  @ApiProperty()
  address!: string;
}

export class ScreeningDossierDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '12-0034' })
  number!: string;
  @ApiProperty({ type: [ScreeningAnswerDto], description: 'In your language; neither name nor phone' })
  answers!: ScreeningAnswerDto[];
  @ApiProperty({ type: [ScreeningPhotoDto] })
  photos!: ScreeningPhotoDto[];
  @ApiProperty({
    type: [ScreeningLookDto],
    description: 'Yours; the other scorer’s once both have scored',
  })
  looks!: ScreeningLookDto[];
}

export class ScreeningNextDto {
  @ApiProperty({ type: ScreeningDossierDto, nullable: true, description: 'Null: nothing left for you now' })
  dossier!: ScreeningDossierDto | null;
  @ApiProperty({ type: ScreeningProgressDto })
  progress!: ScreeningProgressDto;
}

export class ScreeningScoresDto {
  @ApiProperty(SCORES)
  scores!: Record<string, number>;
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: LONGEST_NOTE })
  note?: string | null;
}

export class ScreeningGapDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  number!: string;
  @ApiProperty({ type: [Number], description: 'Points of both scorers' })
  points!: number[];
}

export class ScreeningGapListDto {
  @ApiProperty({ type: [ScreeningGapDto] })
  items!: ScreeningGapDto[];
}
