import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { LOCALES, type Locale } from '../../shared/i18n/i18n.js';
import { SessionChangeDto } from './session-input.dto.js';

const unlessMissing = (_: unknown, value: unknown): boolean => value !== undefined;

/** What is to be looked at before it is done. */
export class PreviewDto {
  @ApiPropertyOptional({ type: SessionChangeDto, description: 'As it would be sent to `PATCH`' })
  @ValidateIf(unlessMissing)
  @IsObject()
  @ValidateNested()
  @Type(() => SessionChangeDto)
  change?: SessionChangeDto;

  @ApiPropertyOptional({ description: 'Call the session off' })
  @ValidateIf(unlessMissing)
  @IsBoolean()
  cancel?: boolean;

  @ApiPropertyOptional({ description: 'Take its date away' })
  @ValidateIf(unlessMissing)
  @IsBoolean()
  postpone?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'With `cancel` or `postpone`: a newer one is refused with 409',
  })
  @ValidateIf(unlessMissing)
  @IsInt()
  revision?: number;
}

export class ToldInLanguageDto {
  @ApiProperty({ enum: LOCALES })
  language!: Locale;

  @ApiProperty({ enum: ['sms'] })
  channel!: 'sms';

  @ApiProperty({ type: 'integer' })
  people!: number;

  @ApiProperty({ type: 'integer', description: 'SMS to be paid' })
  segments!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null where no price is set' })
  centimes!: number | null;

  @ApiProperty({ description: 'The longest of the texts' })
  text!: string;
}

export class ToCallDto {
  @ApiProperty({ type: 'integer', description: 'Their number takes no SMS' })
  landline!: number;

  @ApiProperty({ type: 'integer' })
  noNumber!: number;
}

export class ToldPreviewDto {
  @ApiProperty({
    type: 'integer',
    description: 'Of the session as it was looked at: send it back with the deed',
  })
  revision!: number;

  @ApiProperty({ type: 'integer' })
  people!: number;

  @ApiProperty({ type: 'integer' })
  booked!: number;

  @ApiProperty({ type: 'integer' })
  offered!: number;

  @ApiProperty({ type: 'integer' })
  waiting!: number;

  @ApiProperty({ type: [ToldInLanguageDto] })
  languages!: ToldInLanguageDto[];

  @ApiProperty({ type: 'integer' })
  segments!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  centimes!: number | null;

  @ApiProperty({ type: ToCallDto, description: 'People whom an SMS does not reach' })
  calls!: ToCallDto;
}
