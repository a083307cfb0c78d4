import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { NamedDto } from '../../campaigns/public.js';
import { LOCALES, type Locale } from '../../shared/i18n/i18n.js';
import { MAX_HALF_DAYS, MAX_SPAN_DAYS, MAX_STOPS, MAX_TEAMS } from '../planner/problem.js';
import { MAX_CAPACITY } from './session-input.dto.js';

const SHORT = 40;
const LONG = 1000;
const NOTE = 300;
const WEEK = 7;
const limit = (max: number) => ({ context: { params: { max } } });
/** Unlike `IsOptional`: null is an answer, and a wrong one. */
const unlessMissing = (_: unknown, value: unknown): boolean => value !== undefined;

export class TourNameDto {
  @ApiProperty({ maxLength: 120 })
  @IsString()
  @MaxLength(LONG)
  fr!: string;

  @ApiProperty({ maxLength: 120 })
  @IsString()
  @MaxLength(LONG)
  ar!: string;
}

export class NewTeamDto {
  @ApiProperty({ maxLength: SHORT })
  @IsString()
  @MaxLength(LONG)
  name!: string;

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'City where its road begins and ends' })
  @IsOptional()
  @IsString()
  @MaxLength(LONG)
  home?: string | null;

  @ApiProperty({ type: [String], format: 'uuid' })
  @IsArray()
  @ArrayMaxSize(20, limit(20))
  @IsUUID(undefined, { each: true })
  trainerIds!: string[];
}

export class TrainerPoolDto {
  @ApiProperty({ type: [String], format: 'uuid' })
  @IsArray()
  @ArrayMaxSize(100, limit(100))
  @IsUUID(undefined, { each: true })
  trainerIds!: string[];

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Trainers of one team' })
  @Max(20, limit(20))
  @Min(1)
  @IsInt()
  size!: number;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description: 'City where their roads begin and end',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONG)
  home?: string | null;
}

export class NewTourDto {
  @ApiProperty({ type: TourNameDto })
  @IsObject()
  @ValidateNested()
  @Type(() => TourNameDto)
  name!: TourNameDto;

  @ApiProperty({ type: [NewTeamDto], maxItems: MAX_TEAMS, description: 'May be empty where there is a pool' })
  @IsArray()
  @ArrayMaxSize(MAX_TEAMS, limit(MAX_TEAMS))
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => NewTeamDto)
  teams!: NewTeamDto[];

  @ApiPropertyOptional({ type: TrainerPoolDto, description: 'Made into teams, named 1, 2, …' })
  @ValidateIf(unlessMissing)
  @IsObject()
  @ValidateNested()
  @Type(() => TrainerPoolDto)
  pool?: TrainerPoolDto;
}

export class WantedStopDto {
  @ApiProperty({ description: 'Slug', example: 'tetouan' })
  @IsString()
  @MaxLength(LONG)
  city!: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_HALF_DAYS, default: 2 })
  @ValidateIf(unlessMissing)
  @Max(MAX_HALF_DAYS, limit(MAX_HALF_DAYS))
  @Min(1)
  @IsInt()
  halfDays?: number;

  @ApiPropertyOptional({ format: 'date', description: 'First day that is allowed' })
  @ValidateIf(unlessMissing)
  @IsString()
  @MaxLength(SHORT)
  earliest?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Last day that is allowed' })
  @ValidateIf(unlessMissing)
  @IsString()
  @MaxLength(SHORT)
  latest?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The only team that may go' })
  @ValidateIf(unlessMissing)
  @IsUUID()
  teamId?: string;
}

export class NewPlanDto {
  @ApiProperty({ format: 'date' })
  @IsString()
  @MaxLength(SHORT)
  from!: string;

  @ApiProperty({ format: 'date' })
  @IsString()
  @MaxLength(SHORT)
  to!: string;

  @ApiPropertyOptional({
    type: [Number],
    description: 'Days of the week with classes, 0 Sunday to 6 Saturday; Monday to Friday unless given',
  })
  @ValidateIf(unlessMissing)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEEK, limit(WEEK))
  @IsIn([0, 1, 2, 3, 4, 5, 6], { each: true })
  weekdays?: number[];

  @ApiPropertyOptional({ default: false, description: 'Classes also on public holidays' })
  @ValidateIf(unlessMissing)
  @IsBoolean()
  holidays?: boolean;

  @ApiPropertyOptional({ type: [String], format: 'date', description: 'Days without a class' })
  @ValidateIf(unlessMissing)
  @IsArray()
  @ArrayMaxSize(MAX_SPAN_DAYS, limit(MAX_SPAN_DAYS))
  @IsString({ each: true })
  @MaxLength(SHORT, { each: true })
  without?: string[];

  @ApiProperty({ type: [WantedStopDto], maxItems: MAX_STOPS })
  @IsArray()
  @ArrayMaxSize(MAX_STOPS, limit(MAX_STOPS))
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => WantedStopDto)
  stops!: WantedStopDto[];
}

export class PlacementDto {
  @ApiProperty({ description: "The stop's place in the list that was asked for, from 0", example: '0' })
  @IsString()
  @MaxLength(SHORT)
  stop!: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  teamId!: string;

  @ApiProperty({ format: 'date', description: 'First day' })
  @IsString()
  @MaxLength(SHORT)
  localDate!: string;

  @ApiProperty({ type: 'integer', enum: [0, 1], description: '0 from the morning, 1 from the afternoon' })
  @IsIn([0, 1])
  half!: 0 | 1;
}

export class AdjustedPlanDto {
  @ApiProperty({ type: 'integer', description: 'As it was read: a newer one is refused with 409' })
  @IsInt()
  revision!: number;

  @ApiProperty({
    type: [PlacementDto],
    maxItems: MAX_STOPS,
    description: 'Stops that are left out have no place',
  })
  @IsArray()
  @ArrayMaxSize(MAX_STOPS, limit(MAX_STOPS))
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PlacementDto)
  placements!: PlacementDto[];
}

export class PlanSessionsDto {
  @ApiProperty({ description: 'Id or slug of a course of the campaign', example: 'e-marketing' })
  @IsString()
  @MaxLength(100)
  course!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_CAPACITY })
  @Max(MAX_CAPACITY, limit(MAX_CAPACITY))
  @Min(1, { context: { code: 'capacity-zero' } })
  @IsInt()
  capacity!: number;

  @ApiPropertyOptional({ enum: LOCALES, default: 'fr' })
  @ValidateIf(unlessMissing)
  @IsIn(LOCALES)
  language?: Locale;

  @ApiPropertyOptional({ maxLength: NOTE, description: 'A place by text; everybody sees it' })
  @ValidateIf(unlessMissing)
  @IsString()
  @MaxLength(NOTE, limit(NOTE))
  venueNote?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Why a soft clash is passed, by its code',
  })
  @ValidateIf(unlessMissing)
  @IsObject()
  reasons?: Record<string, unknown>;
}

export class SavePlanDto {
  @ApiProperty({ type: 'integer', description: 'As it was read: a newer one is refused with 409' })
  @IsInt()
  revision!: number;

  @ApiPropertyOptional({
    type: PlanSessionsDto,
    description: 'A session at every stop, with the usual hours, the trainers of the team and its kit',
  })
  @ValidateIf(unlessMissing)
  @IsObject()
  @ValidateNested()
  @Type(() => PlanSessionsDto)
  sessions?: PlanSessionsDto;
}

export class PlannedStopDto extends PlacementDto {
  @ApiProperty({ type: NamedDto })
  city!: NamedDto;

  @ApiProperty({ type: 'integer' })
  halfDays!: number;
}

export class PlanLegDto {
  @ApiProperty({ type: 'string', nullable: true, description: 'A stop; null: home' })
  from!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'A stop; null: home' })
  to!: string | null;

  @ApiProperty({ type: 'integer', description: 'Of driving' })
  minutes!: number;

  @ApiProperty({ description: 'Goes home and sleeps there between the two' })
  viaHome!: boolean;
}

export class PlanTeamDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: 'integer' })
  minutes!: number;

  @ApiProperty({ type: 'integer' })
  nights!: number;

  @ApiProperty({ type: [PlannedStopDto], description: 'In the order of time' })
  stops!: PlannedStopDto[];

  @ApiProperty({ type: [PlanLegDto] })
  legs!: PlanLegDto[];
}

export class UnplacedDto {
  @ApiProperty()
  stop!: string;

  @ApiProperty({ type: NamedDto })
  city!: NamedDto;

  @ApiProperty({ enum: ['no-road', 'no-days', 'teams-busy', 'too-much', 'crowded', 'taken-out'] })
  code!: string;

  @ApiProperty({ description: 'Why it has no place, in the language asked for' })
  detail!: string;
}

export class PlanFaultDto {
  @ApiProperty()
  stop!: string;

  @ApiProperty({ enum: ['not-a-start', 'road-too-long', 'overlap'] })
  code!: string;

  @ApiProperty({ description: 'What is wrong, in the language asked for' })
  detail!: string;
}

export class PlanDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  tourId!: string;

  @ApiProperty({ enum: ['looking', 'failed', 'found', 'saved'] })
  state!: string;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'Says how far the search is' })
  jobId!: string | null;

  @ApiProperty({ type: 'integer' })
  revision!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of driving, all teams, from home to home' })
  minutes!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Away from home, all teams' })
  nights!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'No plan of these stops has fewer minutes' })
  bound!: number | null;

  @ApiProperty({ description: 'Every plan was looked at, and none is better than the one that was found' })
  isExact!: boolean;

  @ApiProperty({ type: [PlanTeamDto] })
  teams!: PlanTeamDto[];

  @ApiProperty({ type: [UnplacedDto] })
  unplaced!: UnplacedDto[];

  @ApiProperty({ type: [PlanFaultDto], description: 'Stops that cannot be where they were put by hand' })
  faults!: PlanFaultDto[];
}

export class SavedPlanDto {
  @ApiProperty({ format: 'uuid' })
  tourId!: string;

  @ApiProperty({ type: [String], format: 'uuid' })
  stopIds!: string[];

  @ApiProperty({ type: [String], format: 'uuid' })
  sessionIds!: string[];
}
