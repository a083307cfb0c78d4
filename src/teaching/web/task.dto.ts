import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { ListDto } from '../../shared/paging/list.dto.js';
import { LONGEST_LINK, LONGEST_NOTE, LONGEST_REASON, PROOFS, TASK_STATES } from '../task.js';

const DECISIONS = ['accepted', 'returned'] as const;

export class TaskHandInDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'The same id again is the same step' })
  id?: string;
  @ApiPropertyOptional({
    type: 'string',
    format: 'binary',
    description: 'JPEG, PNG, WebP or AVIF of at most 5 MB, in a form with files only',
  })
  photo?: unknown;
  @ApiPropertyOptional({ maxLength: LONGEST_LINK, description: 'An https address' })
  link?: string;
  @ApiPropertyOptional({ description: 'I did it; enough where the exercise asks for no photo' })
  tick?: boolean;
  @ApiPropertyOptional({ maxLength: LONGEST_NOTE })
  note?: string;
}

export class TaskStepDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: TASK_STATES })
  kind!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: String, enum: PROOFS, nullable: true })
  proof!: string | null;
  @ApiProperty({ type: String, nullable: true })
  link!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Address of the picture, for the same readers' })
  photo!: string | null;
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The step that was decided on' })
  ofStep!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it was returned' })
  reason!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Name of whoever decided' })
  by!: string | null;
}

export class TaskDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'Slug' })
  course!: string;
  @ApiProperty({ description: 'Slug' })
  module!: string;
  @ApiProperty({ description: 'Id of the exercise within its module' })
  block!: string;
  @ApiProperty({ description: 'Title of the exercise' })
  title!: string;
  @ApiProperty({ enum: TASK_STATES })
  state!: string;
  @ApiProperty({ format: 'date-time' })
  changedAt!: string;
  @ApiProperty({ type: [TaskStepDto], description: 'Oldest first' })
  steps!: TaskStepDto[];
}

export class TaskPersonDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
}

export class ReviewedTaskDto extends TaskDto {
  @ApiProperty({ type: TaskPersonDto })
  person!: TaskPersonDto;
}

export class TaskListDto {
  @ApiProperty({ type: [TaskDto] })
  items!: TaskDto[];
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class ReviewedTaskListDto {
  @ApiProperty({ type: [ReviewedTaskDto] })
  items!: ReviewedTaskDto[];
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class TaskQueueDto extends ListDto {
  @ApiPropertyOptional({ description: 'Id or slug' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  course?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'People with a seat in this session' })
  @IsOptional()
  @IsUUID()
  session?: string;

  @ApiPropertyOptional({ enum: TASK_STATES })
  @IsOptional()
  @IsIn(TASK_STATES)
  state?: (typeof TASK_STATES)[number];
}

export class TaskDecisionDto {
  @ApiProperty({ format: 'uuid', description: 'The step that was looked at' })
  @IsUUID()
  handIn!: string;

  @ApiProperty({ enum: DECISIONS })
  @IsIn(DECISIONS)
  decision!: (typeof DECISIONS)[number];

  @ApiPropertyOptional({ maxLength: LONGEST_REASON, description: 'Required for what is returned' })
  @IsOptional()
  @Matches(/^[^\0\p{Surrogate}]*$/u, { context: { code: 'not-unicode' } })
  @MaxLength(LONGEST_REASON, { context: { code: 'longer-than', params: { max: LONGEST_REASON } } })
  @IsString()
  reason?: string;
}
