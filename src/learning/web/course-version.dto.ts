import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One thing that differs between two versions. */
export class CourseChangeDto {
  @ApiProperty({ enum: ['added', 'removed', 'changed', 'moved'] })
  kind!: string;
  @ApiProperty({ enum: ['course', 'module', 'block'] })
  part!: string;
  @ApiPropertyOptional({ description: 'Slug of the module' })
  module?: string;
  @ApiPropertyOptional({ description: 'Id of the block' })
  block?: string;
  @ApiPropertyOptional({ description: 'The video is another one and has to be watched again' })
  newVideo?: boolean;
  @ApiProperty({ description: 'The change in a sentence' })
  text!: string;
}

/** The version somebody is on, and what the newest would change. */
export class CourseVersionDto {
  @ApiProperty({ description: 'Number of the version that the person is on' })
  version!: number;
  @ApiProperty({ description: 'Number of the newest version' })
  newest!: number;
  @ApiProperty({ type: [CourseChangeDto] })
  changes!: CourseChangeDto[];
}

/** What moving a session's people did. */
export class SessionMovedDto {
  @ApiProperty({ description: 'How many were on an older version' })
  moved!: number;
  @ApiProperty({ description: 'Number of the version that they are on now' })
  version!: number;
}
