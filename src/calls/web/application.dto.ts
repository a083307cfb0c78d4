import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { LOCALES, type Locale } from '../../shared/i18n/i18n.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { APPLICATION_STATES, type ApplicationState, type Need, NEEDS } from '../application.js';
import { DOSSIER_FORMATS, type DossierFormat } from '../dossier-export.service.js';

const ANSWERS = {
  type: 'object',
  description:
    'By the id of the field: text, number, list of options, E.164 phone, commune code, name of the picture. In a form with files: JSON, and each photo as a part named by its field',
  additionalProperties: true,
} as const;
const nothing = ({ value }: { value: unknown }): unknown => (value === '' ? undefined : value);

export class ApplicationSendDto {
  @ApiProperty(ANSWERS)
  answers!: object;
  @ApiPropertyOptional({ enum: NEEDS, isArray: true })
  needs?: Need[];
}

export class ApplicationVisitorNameDto {
  @ApiProperty()
  given!: string;
  @ApiProperty()
  family!: string;
}

export class ApplicationVisitorNamesDto {
  @ApiPropertyOptional({ type: ApplicationVisitorNameDto })
  fr?: ApplicationVisitorNameDto;
  @ApiPropertyOptional({ type: ApplicationVisitorNameDto })
  ar?: ApplicationVisitorNameDto;
}

export class ApplicationAssistDto extends ApplicationSendDto {
  @ApiProperty({ type: ApplicationVisitorNamesDto })
  name!: ApplicationVisitorNamesDto;
  @ApiProperty()
  phone!: string;
  @ApiProperty({ enum: LOCALES })
  language!: Locale;
  @ApiProperty({ enum: ['heard', 'read'], description: 'How they agreed to be trained, before you' })
  consent!: string;
}

export class ApplicationVersionDto {
  @ApiProperty({ type: 'integer' })
  n!: number;
  @ApiProperty({ enum: ['sent', 'changed', 'withdrawn'] })
  kind!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty(ANSWERS)
  answers!: object;
  @ApiProperty({ enum: NEEDS, isArray: true })
  needs!: Need[];
  @ApiProperty({ type: String, nullable: true, description: 'Member of staff who wrote it down' })
  by!: string | null;
  @ApiProperty({ type: String, enum: ['heard', 'read'], nullable: true, description: 'Consent before them' })
  consent!: string | null;
}

export class ApplicationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '12-0034' })
  number!: string;
  @ApiProperty({ format: 'uuid' })
  callId!: string;
  @ApiProperty({ enum: APPLICATION_STATES })
  state!: ApplicationState;
  @ApiProperty(ANSWERS)
  answers!: object;
  @ApiProperty({ enum: NEEDS, isArray: true })
  needs!: Need[];
  @ApiProperty({ type: String, nullable: true, description: 'Commune code' })
  commune!: string | null;
  @ApiProperty({ type: 'integer' })
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  changedAt!: string;
  @ApiPropertyOptional({
    description: 'Something looked like the number of an identity card and was made unreadable',
  })
  masked?: boolean;
}

export class DossierPersonDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  phone!: string | null;
}

export class DossierDto extends ApplicationDto {
  @ApiProperty({ type: DossierPersonDto })
  person!: DossierPersonDto;
}

export class DossierDetailDto extends ApplicationDto {
  @ApiProperty({ type: [ApplicationVersionDto], description: 'Oldest first' })
  history!: ApplicationVersionDto[];
}

export class ApplicationListDto {
  @ApiProperty({ type: [ApplicationDto] })
  items!: ApplicationDto[];
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class DossierListDto {
  @ApiProperty({ type: [DossierDto] })
  items!: DossierDto[];
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

/** Which dossiers are asked for. An empty value of a form asks for nothing. */
export class DossierQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Part of a name, a dossier’s number, the end of a phone number' })
  @Transform(nothing)
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @ApiPropertyOptional({ enum: APPLICATION_STATES })
  @Transform(nothing)
  @IsOptional()
  @IsIn(APPLICATION_STATES)
  state?: ApplicationState;

  @ApiPropertyOptional({ description: 'Commune code' })
  @Transform(nothing)
  @IsOptional()
  @IsString()
  @MaxLength(20)
  commune?: string;

  @ApiPropertyOptional({ enum: NEEDS })
  @Transform(nothing)
  @IsOptional()
  @IsIn(NEEDS)
  need?: Need;
}

export class DossierFileDto {
  @ApiPropertyOptional({ enum: DOSSIER_FORMATS, default: 'csv' })
  @IsOptional()
  @IsIn(DOSSIER_FORMATS)
  format: DossierFormat = 'csv';

  @ApiPropertyOptional({ description: 'As in the list' })
  @Transform(nothing)
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @ApiPropertyOptional({ enum: APPLICATION_STATES })
  @Transform(nothing)
  @IsOptional()
  @IsIn(APPLICATION_STATES)
  state?: ApplicationState;

  @ApiPropertyOptional({ description: 'Commune code' })
  @Transform(nothing)
  @IsOptional()
  @IsString()
  @MaxLength(20)
  commune?: string;

  @ApiPropertyOptional({ enum: NEEDS })
  @Transform(nothing)
  @IsOptional()
  @IsIn(NEEDS)
  need?: Need;

  @ApiPropertyOptional({ enum: LOCALES })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}
