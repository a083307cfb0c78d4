import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, MaxLength, MinLength, ValidateIf } from 'class-validator';

const SHORT = 40;
const MAX_KEY = 100;
const MAX_COURSES = 200;
const unlessMissing = (_: unknown, value: unknown): boolean => value !== undefined;

export class TaughtCourseDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty()
  title!: string;
}

export class NewDaysOffDto {
  @ApiProperty({ format: 'date' })
  @IsString()
  @MaxLength(SHORT)
  from!: string;

  @ApiProperty({ format: 'date', description: 'The last day, included; at most 366 days' })
  @IsString()
  @MaxLength(SHORT)
  to!: string;
}

export class DaysOffDto extends NewDaysOffDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class TrainerDetailDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Slug of the city where their road begins and ends',
  })
  homeCity!: string | null;

  @ApiProperty({ type: [TaughtCourseDto], description: "What they may teach, by a coordinator's word" })
  courses!: TaughtCourseDto[];

  @ApiProperty({
    type: [TaughtCourseDto],
    description: 'What they may teach because they have done so or are planned to',
  })
  taught!: TaughtCourseDto[];

  @ApiProperty({
    type: [DaysOffDto],
    description: 'Days on which they cannot come; those that are over are left out',
  })
  daysOff!: DaysOffDto[];
}

export class TrainerDetailsDto {
  @ApiProperty({ type: [TrainerDetailDto] })
  items!: TrainerDetailDto[];

  @ApiProperty({ type: 'string', nullable: true })
  next!: string | null;
}

export class TrainerChangeDto {
  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'Slug of a city; null when unknown' })
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null)
  @IsString()
  @MaxLength(MAX_KEY)
  homeCity?: string | null;

  @ApiPropertyOptional({
    type: [String],
    description: 'Ids or slugs of all courses that they may teach; by those who plan with them',
  })
  @ValidateIf(unlessMissing)
  @IsArray()
  @ArrayMaxSize(MAX_COURSES)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(MAX_KEY, { each: true })
  courses?: string[];
}
