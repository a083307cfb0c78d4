import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { LOCALES, type Locale } from '../../shared/i18n/i18n.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { MAX_COLUMNS } from '../../shared/tables/table-limits.js';
import { IMPORT_FIELDS, type ImportField } from '../import-columns.js';
import { type Outcome, OUTCOMES } from '../import-judge.js';
import type { WhichRows } from '../import-confirmation.service.js';
import { EXPORT_FORMATS, type ExportFormat } from '../people-export.service.js';

const WHICH = ['all', 'valid'] as const satisfies readonly WhichRows[];
const STATES = ['preview', 'applied', 'undone', 'kept', 'lapsed'] as const;

export class ExportQueryDto {
  @ApiProperty({ description: 'Id or slug of the campaign' })
  @IsString()
  @MaxLength(200)
  campaign!: string;

  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'csv' })
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  format: ExportFormat = 'csv';

  @ApiPropertyOptional({
    enum: LOCALES,
    description: 'Language of headings and words; else Accept-Language decides',
  })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}

export class ImportQueryDto {
  @ApiProperty({ description: 'Id or slug of the campaign' })
  @IsString()
  @MaxLength(200)
  campaign!: string;

  @ApiPropertyOptional({ type: 'boolean', description: '`1`: a preview, nothing is written', default: false })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => value === '1' || value === 'true' || value === true)
  dryRun: boolean = false;

  @ApiPropertyOptional({
    enum: WHICH,
    default: 'all',
    description: 'All rows or none, or those without an error',
  })
  @IsOptional()
  @IsIn(WHICH)
  rows: WhichRows = 'all';
}

export class ImportFileDto {
  @ApiProperty({ type: 'string', format: 'binary', description: 'CSV or XLSX, at most 10 MB' })
  file!: unknown;
}

export class ConfirmDto {
  @ApiPropertyOptional({ enum: WHICH, default: 'all' })
  @IsOptional()
  @IsIn(WHICH)
  rows: WhichRows = 'all';
}

export class ColumnsDto {
  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...IMPORT_FIELDS, ''] },
    description: 'What each column holds, from the first; empty: not read',
  })
  @IsArray()
  @ArrayMaxSize(MAX_COLUMNS)
  @IsIn([...IMPORT_FIELDS, ''], { each: true })
  columns!: Array<ImportField | ''>;
}

export class ImportRowsQueryDto extends ListDto {
  @ApiPropertyOptional({ enum: OUTCOMES })
  @IsOptional()
  @IsIn(OUTCOMES)
  outcome?: Outcome;
}

export class ImportColumnDto {
  @ApiProperty()
  heading!: string;

  @ApiProperty({ enum: [...IMPORT_FIELDS], nullable: true, type: 'string' })
  field!: ImportField | null;
}

export class ImportCountsDto implements Record<Outcome, number> {
  @ApiProperty({ type: 'integer' })
  create!: number;

  @ApiProperty({ type: 'integer' })
  update!: number;

  @ApiProperty({ type: 'integer' })
  same!: number;

  @ApiProperty({ type: 'integer' })
  error!: number;
}

export class ImportDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  campaignId!: string;

  @ApiProperty({ enum: STATES })
  state!: string;

  @ApiProperty({ type: [ImportColumnDto] })
  columns!: ImportColumnDto[];

  @ApiProperty({ type: ImportCountsDto })
  counts!: ImportCountsDto;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  appliedAt!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Until when it can be undone',
  })
  undoUntil!: string | null;
}

export class ImportFindingDto {
  @ApiProperty()
  pointer!: string;

  @ApiProperty()
  code!: string;

  @ApiProperty({ description: 'A sentence in the language asked for' })
  detail!: string;
}

export class ImportRowDto {
  @ApiProperty({ type: 'integer', description: 'Number of the row as a spreadsheet shows it' })
  n!: number;

  @ApiProperty({ type: [String] })
  cells!: string[];

  @ApiProperty({ enum: OUTCOMES })
  outcome!: Outcome;

  @ApiProperty({ type: [ImportFindingDto] })
  problems!: ImportFindingDto[];

  @ApiProperty({ type: [ImportFindingDto] })
  notes!: ImportFindingDto[];
}

export class ImportRowsDto {
  @ApiProperty({ type: [ImportRowDto] })
  items!: ImportRowDto[];

  @ApiProperty({ type: 'string', nullable: true })
  next!: string | null;
}
