import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  HIGHEST,
  LONGEST_LABEL,
  MOST_CRITERIA,
  MOST_PLACES,
  MOST_QUOTAS,
  MOST_WEIGHT,
  QUOTA_KINDS,
  RULE_KINDS,
  SELECTION_STATES,
} from '../selection.js';

export class CriterionLabelDto {
  @ApiProperty({ maxLength: LONGEST_LABEL })
  fr!: string;
  @ApiProperty({ maxLength: LONGEST_LABEL })
  ar!: string;
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: LONGEST_LABEL })
  en?: string | null;
}

export class SelectionCriterionDto {
  @ApiPropertyOptional({ description: 'Given by us, in the order of the list: `c1`, `c2`, …', example: 'c1' })
  id?: string;
  @ApiProperty({ type: CriterionLabelDto })
  label!: CriterionLabelDto;
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST_WEIGHT, default: 1 })
  weight?: number;
}

export class SelectionRuleDto {
  @ApiProperty({ enum: RULE_KINDS })
  kind!: string;
  @ApiPropertyOptional({ description: 'Of `choice` and `number`: the question' })
  field?: string;
  @ApiPropertyOptional({ type: Number, nullable: true, description: 'Of `age` and `number`, included' })
  min?: number | null;
  @ApiPropertyOptional({ type: Number, nullable: true, description: 'Of `age` and `number`, included' })
  max?: number | null;
  @ApiPropertyOptional({
    type: [String],
    description: 'Of `gender`, `city` (slugs), `sector` and `choice` (options): one of these',
  })
  values?: string[];
}

export class SelectionQuotaDto {
  @ApiPropertyOptional({ description: 'Given by us, in the order of the list: `q1`, `q2`, …', example: 'q1' })
  id?: string;
  @ApiProperty({ enum: QUOTA_KINDS })
  kind!: string;
  @ApiProperty({ description: 'City slug, gender, sector; of `cooperative`: `cooperative` or `individual`' })
  value!: string;
  @ApiPropertyOptional({ type: 'integer', nullable: true })
  least?: number | null;
  @ApiPropertyOptional({ type: 'integer', nullable: true })
  most?: number | null;
}

export class SelectionDesignDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MOST_PLACES })
  places!: number;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MOST_PLACES,
    default: 0,
    description: 'Dossiers kept in order',
  })
  reserve?: number;
  @ApiPropertyOptional({ type: 'integer', enum: [1, 2], default: 1, description: 'Who score each dossier' })
  scorers?: number;
  @ApiPropertyOptional({ type: [SelectionRuleDto], description: 'Who does not keep one is not eligible' })
  rules?: SelectionRuleDto[];
  @ApiProperty({
    type: [SelectionCriterionDto],
    minItems: 1,
    maxItems: MOST_CRITERIA,
    description: `Scored 0 to ${HIGHEST}`,
  })
  criteria!: SelectionCriterionDto[];
  @ApiPropertyOptional({ type: [SelectionQuotaDto], maxItems: MOST_QUOTAS })
  quotas?: SelectionQuotaDto[];
}

export class SelectionSaveDto extends SelectionDesignDto {
  @ApiProperty({
    type: 'integer',
    description: '`revision` of the design that was read; 0 where there was none',
  })
  revision!: number;
}

export class SelectionAnnounceDto {
  @ApiPropertyOptional({ type: 'integer', description: '`revision` of the design that was looked at' })
  revision?: number;
}

export class SelectionDto extends SelectionDesignDto {
  @ApiProperty({ description: 'Slug' })
  call!: string;
  @ApiProperty({ enum: SELECTION_STATES })
  state!: string;
  @ApiPropertyOptional({ type: 'integer', description: 'For its staff' })
  revision?: number;
  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 of the secret of the draw' })
  hash!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'From the publication on' })
  secret!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  announcedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  publishedAt!: string | null;
}
