import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional } from 'class-validator';
import { STOP_FIELDS, type StopField } from '../stop-import/stop-columns.js';
import { STOP_OUTCOMES, type StopOutcome } from '../stop-import/stop-judge.js';

export class StopFileDto {
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: 'CSV or XLSX with a date, a city and a team',
  })
  file!: unknown;
}

export class StopImportQueryDto {
  @ApiPropertyOptional({ type: 'boolean', description: '`1`: a preview, nothing is written', default: false })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => value === '1' || value === 'true' || value === true)
  dryRun: boolean = false;
}

export class StopLineProblemDto {
  @ApiProperty({ enum: STOP_FIELDS })
  field!: StopField;

  @ApiProperty({ example: 'city-unknown' })
  code!: string;

  @ApiProperty()
  detail!: string;
}

export class StopLineDto {
  @ApiProperty({ description: 'Number of the row as a spreadsheet shows it' })
  row!: number;

  @ApiProperty({ enum: STOP_OUTCOMES, description: '`there`: the tour has this stop already' })
  outcome!: StopOutcome;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  localDate!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Slug' })
  city!: string | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  teamId!: string | null;

  @ApiProperty({ type: [StopLineProblemDto] })
  problems!: StopLineProblemDto[];
}

export class StopImportDto {
  @ApiProperty({ description: 'False for a preview' })
  saved!: boolean;

  @ApiProperty({ type: [StopLineDto] })
  lines!: StopLineDto[];
}
