import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FIELD_TYPES, LONGEST, MOST_FIELDS, MOST_OPTIONS } from '../call.js';

const PHASES = ['draft', 'soon', 'open', 'closed'] as const;

export class CallWordsDto {
  @ApiProperty()
  fr!: string;
  @ApiProperty()
  ar!: string;
  @ApiPropertyOptional({ type: String, nullable: true })
  en?: string | null;
}

export class CallMomentDto {
  @ApiProperty({ format: 'date' })
  localDate!: string;
  @ApiProperty({ example: '09:00', description: 'HH:MM by the clocks of Africa/Casablanca' })
  localTime!: string;
}

export class CallOptionDto {
  @ApiPropertyOptional({ description: 'Given by us where it is new' })
  id?: string;
  @ApiProperty({ type: CallWordsDto, description: `At most ${LONGEST.option} characters` })
  label!: CallWordsDto;
}

export class CallFieldDto {
  @ApiPropertyOptional({ description: 'Given by us where it is new; answers are kept under it' })
  id?: string;
  @ApiProperty({ enum: FIELD_TYPES })
  type!: string;
  @ApiPropertyOptional({ default: false })
  required?: boolean;
  @ApiProperty({ type: CallWordsDto, description: 'Never the number of an identity card' })
  label!: CallWordsDto;
  @ApiPropertyOptional({ type: CallWordsDto })
  help?: CallWordsDto;
  @ApiPropertyOptional({ default: false, description: 'Of a choice: several options may be taken' })
  several?: boolean;
  @ApiPropertyOptional({
    type: [CallOptionDto],
    minItems: 2,
    maxItems: MOST_OPTIONS,
    description: 'Of a choice',
  })
  options?: CallOptionDto[];
}

export class CallDesignDto {
  @ApiProperty({ type: CallWordsDto })
  title!: CallWordsDto;
  @ApiProperty({ type: CallWordsDto, description: 'Who asks, and why' })
  body!: CallWordsDto;
  @ApiProperty({ type: CallMomentDto })
  opens!: CallMomentDto;
  @ApiProperty({ type: CallMomentDto, description: 'From then on nothing is taken' })
  closes!: CallMomentDto;
  @ApiProperty({ type: [CallFieldDto], maxItems: MOST_FIELDS })
  fields!: CallFieldDto[];
}

export class CallSaveDto extends CallDesignDto {
  @ApiProperty({ type: 'integer', description: '`revision` of the call that was read' })
  revision!: number;
}

export class CallPublishDto {
  @ApiPropertyOptional({ type: 'integer', description: '`revision` of the call that was looked at' })
  revision?: number;
}

export class CallClosingDto {
  @ApiPropertyOptional({ type: CallMomentDto, description: 'Left out: now, to the second' })
  closes?: CallMomentDto;
  @ApiProperty({ maxLength: LONGEST.reason })
  reason!: string;
}

export class CallDto extends CallDesignDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  slug!: string;
  @ApiProperty({ description: 'Slug' })
  campaign!: string;
  @ApiProperty({ enum: PHASES })
  phase!: string;
  @ApiProperty()
  zone!: string;
  @ApiProperty({ format: 'date-time' })
  opensAt!: string;
  @ApiProperty({ format: 'date-time' })
  closesAt!: string;
  @ApiPropertyOptional({ type: 'integer', description: 'For its staff' })
  revision?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Dossiers, withdrawn ones included; for its staff' })
  applications?: number;
}

export class CallListDto {
  @ApiProperty({ type: [CallDto] })
  items!: CallDto[];
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}
