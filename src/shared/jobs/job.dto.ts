import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { JOB_STATES, type JobState } from './job.js';

/** One thing that a job could not do. */
export class JobFailureDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Whom it is about' })
  personId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  courseId?: string;

  @ApiProperty({ description: 'Stable code of the reason' })
  code!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Values of the sentence' })
  params!: Record<string, unknown>;

  @ApiProperty({ description: 'The reason as a sentence' })
  detail!: string;
}

/** How far a job is. */
export class JobDto {
  @ApiProperty({ enum: JOB_STATES, description: '`dead`: given up after too many attempts' })
  state!: JobState;

  @ApiProperty({ type: 'integer' })
  done!: number;

  @ApiProperty({ type: 'integer', description: '0 until it is known' })
  total!: number;

  @ApiProperty({ type: [JobFailureDto], description: 'Complete once the state is `done`' })
  failures!: JobFailureDto[];
}
