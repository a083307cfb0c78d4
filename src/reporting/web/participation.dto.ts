import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { LOCALES } from '../../shared/i18n/i18n.js';
import { type Dimension, DIMENSION_NAMES, isDimension } from '../dimensions.js';

const MOST_DIMENSIONS = 3;
const DEFAULT_BY: readonly Dimension[] = ['city'];

export class ParticipationQueryDto {
  @ApiPropertyOptional({
    description: `Dimensions, comma-separated: ${DIMENSION_NAMES.join(', ')}; at most ${MOST_DIMENSIONS}`,
    example: 'city,gender',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly by?: string;

  @ApiPropertyOptional({ description: 'Language of a file', enum: LOCALES })
  @IsOptional()
  @IsIn(LOCALES)
  readonly lang?: string;
}

/**
 * The dimensions that a request names; those of the default when it names none at all.
 *
 * @throws InvalidFields for an unknown, empty or repeated dimension, or too many
 */
export function dimensionsOf(by: string | undefined): readonly Dimension[] {
  if (by === undefined) return DEFAULT_BY;
  const names = by.split(',').map((name) => name.trim());
  const known = names.filter(isDimension);
  if (known.length !== names.length) throw new InvalidFields([{ pointer: '/by', code: 'not-a-choice' }]);
  if (new Set(known).size !== known.length) throw new InvalidFields([{ pointer: '/by', code: 'repeated' }]);
  if (known.length > MOST_DIMENSIONS) throw new InvalidFields([{ pointer: '/by', code: 'too-many' }]);
  return known;
}

const CELL = {
  oneOf: [{ type: 'number' }, { type: 'string', enum: ['<5', '*'] }],
  description: 'A figure; "<5": fewer than five people; "*": hidden so that such a cell cannot be worked out',
};

export class FiguresDto {
  @ApiProperty(CELL)
  candidates!: number | string;

  @ApiProperty(CELL)
  booked!: number | string;

  @ApiProperty(CELL)
  attended!: number | string;

  @ApiProperty(CELL)
  attendeeHours!: number | string;

  @ApiProperty(CELL)
  completed!: number | string;

  @ApiProperty(CELL)
  certified!: number | string;
}

export class ReportedCityDto {
  @ApiProperty()
  slug!: string;

  @ApiProperty({ description: "In the reader's language" })
  name!: string;
}

export class ParticipationRowDto extends FiguresDto {
  @ApiPropertyOptional({ type: ReportedCityDto })
  city?: ReportedCityDto;

  @ApiPropertyOptional({ type: String })
  province?: string;

  @ApiPropertyOptional({ type: String, enum: ['female', 'male', 'unspecified'] })
  gender?: string;

  @ApiPropertyOptional({ type: String, enum: ['under-25', '25-34', '35-44', '45-59', '60-plus', 'unknown'] })
  ageBand?: string;

  @ApiPropertyOptional({ type: String })
  category?: string;

  @ApiPropertyOptional({ type: String })
  sector?: string;

  @ApiPropertyOptional({ type: String, enum: ['urbain', 'rural', 'unknown'] })
  milieu?: string;
}

export class ParticipationDto {
  @ApiProperty({ type: [ParticipationRowDto] })
  rows!: ParticipationRowDto[];

  @ApiProperty({ type: FiguresDto, description: 'Everybody once: rows may add up to more' })
  total!: FiguresDto;

  @ApiProperty({ type: String, format: 'date-time' })
  asOf!: string;
}
