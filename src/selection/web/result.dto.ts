import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LOCALES } from '../../shared/i18n/i18n.js';
import { ALL_CHANGE_CODES, LONGEST_NOTE, OUTCOMES, REFUSAL_CODES } from '../selection.js';

export class IneligibilityDto {
  @ApiProperty({ description: 'Kind of the rule, with `-unknown` where it was not said', example: 'age' })
  code!: string;
  @ApiPropertyOptional({ description: 'The question, of `choice` and `number`' })
  field?: string;
}

/** What everybody may read: no name, no trait. */
export class SelectionResultDto {
  @ApiProperty({ example: '12-0034' })
  number!: string;
  @ApiProperty({ enum: OUTCOMES, description: 'As it stands' })
  outcome!: string;
  @ApiProperty({ enum: OUTCOMES, description: 'As it was published' })
  firstOutcome!: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Among the eligible' })
  rank!: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  reserveRank!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Weighted, of all scorers' })
  points!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 of the secret and the number' })
  draw!: string | null;
  @ApiProperty({ type: String, enum: REFUSAL_CODES, nullable: true })
  code!: string | null;
}

export class SelectionResultListDto {
  @ApiProperty({ type: [SelectionResultDto] })
  items!: SelectionResultDto[];
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class ResultChangeDto {
  @ApiProperty({ type: 'integer' })
  k!: number;
  @ApiProperty()
  number!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ enum: OUTCOMES })
  from!: string;
  @ApiProperty({ enum: OUTCOMES })
  to!: string;
  @ApiProperty({ enum: ALL_CHANGE_CODES })
  code!: string;
}

export class ResultChangeListDto {
  @ApiProperty({ type: [ResultChangeDto], description: 'Oldest first' })
  items!: ResultChangeDto[];
}

export class OutcomeChangeDto {
  @ApiProperty({ enum: OUTCOMES })
  outcome!: string;
  @ApiProperty({ enum: ALL_CHANGE_CODES, description: 'One of those for the outcome' })
  code!: string;
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: LONGEST_NOTE,
    description: 'For the staff',
  })
  note?: string | null;
}

/** As {@link SelectionResultDto}, with what says something of the person. */
export class RankedResultDto extends SelectionResultDto {
  @ApiProperty({ type: String, nullable: true, description: 'Quota that took it, or kept it out' })
  quota!: string | null;
}

/** One’s own result. */
export class OwnResultDto extends RankedResultDto {
  @ApiProperty({ type: [IneligibilityDto] })
  reasons!: IneligibilityDto[];
}

export class ResultToldLanguageDto {
  @ApiProperty({ enum: LOCALES })
  language!: string;
  @ApiProperty({ type: 'integer' })
  people!: number;
  @ApiProperty({ type: 'integer' })
  segments!: number;
  @ApiProperty({ type: 'integer', nullable: true })
  centimes!: number | null;
  @ApiProperty({ description: 'The longest of the texts' })
  text!: string;
}

export class ResultToldDto {
  @ApiProperty({ type: 'integer' })
  people!: number;
  @ApiProperty({ type: 'integer', description: 'SMS that are paid' })
  segments!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null where no price is set' })
  centimes!: number | null;
  @ApiProperty({ type: [ResultToldLanguageDto] })
  languages!: ResultToldLanguageDto[];
  @ApiProperty({ type: 'integer', description: 'Whom no SMS reaches' })
  unreached!: number;
}

export class ShortfallDto {
  @ApiProperty()
  quota!: string;
  @ApiProperty({ type: 'integer' })
  least!: number;
  @ApiProperty({ type: 'integer' })
  chosen!: number;
}

export class SelectionPreviewDto {
  @ApiProperty({ description: 'Publishing takes it back' })
  digest!: string;
  @ApiProperty({ type: [RankedResultDto] })
  dossiers!: RankedResultDto[];
  @ApiProperty({ type: [ShortfallDto], description: 'Quotas that cannot be met' })
  shortfalls!: ShortfallDto[];
  @ApiProperty({ type: 'integer', description: 'Places that nobody takes' })
  unfilled!: number;
  @ApiProperty({ type: ResultToldDto })
  told!: ResultToldDto;
}

export class SelectionPublishDto {
  @ApiProperty({ description: '`digest` of the preview' })
  digest!: string;
}
