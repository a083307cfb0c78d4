import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { MAX_PAGE_SIZE, PAGE_SIZE } from '../../shared/paging/cursor.js';
import { TASK_STATES } from '../task.js';

const STATES = [...TASK_STATES, 'all'] as const;

/** What stands in the address of the queue; an empty choice is none. */
export class StaffTaskListDto {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  course?: string;

  @IsOptional()
  @Matches(/^$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, { context: { code: 'not-an-id' } })
  session?: string;

  @IsOptional()
  @IsIn(STATES)
  state?: (typeof STATES)[number];

  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @Max(MAX_PAGE_SIZE)
  @Min(1)
  @IsInt()
  limit: number = PAGE_SIZE;
}
