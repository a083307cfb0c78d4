import { ApiProperty } from '@nestjs/swagger';

export class CommonestWrongDto {
  @ApiProperty({ description: 'The answer in words' })
  text!: string;
  @ApiProperty({ description: 'Share of the people asked, 0 to 1' })
  share!: number;
}

export class ItemStatisticsDto {
  @ApiProperty()
  itemId!: string;
  @ApiProperty()
  prompt!: string;
  @ApiProperty({ description: 'People who were asked; their first answers count' })
  n!: number;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Share of right first answers, 0 to 1; null under five people',
  })
  difficulty!: number | null;
  @ApiProperty({ type: CommonestWrongDto, nullable: true })
  commonestWrong!: CommonestWrongDto | null;
}

export class ModuleStatisticsDto {
  @ApiProperty({ format: 'uuid' })
  moduleId!: string;
  @ApiProperty()
  slug!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ type: [ItemStatisticsDto] })
  items!: ItemStatisticsDto[];
}

export class CourseStatisticsDto {
  @ApiProperty({ format: 'uuid' })
  courseId!: string;
  @ApiProperty({ type: [ModuleStatisticsDto] })
  modules!: ModuleStatisticsDto[];
}

export class LearningGainDto {
  @ApiProperty({ enum: ['screen', 'read-aloud'], description: 'Methods are never mixed' })
  method!: string;
  @ApiProperty({ description: 'People with both tests who could still gain' })
  n!: number;
  @ApiProperty({ description: 'People who had every point before; in no figure' })
  atMax!: number;
  @ApiProperty({ description: 'People with one of the two tests only' })
  unpaired!: number;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Mean of (post − pre) / (max − pre); null under five',
  })
  gain!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Mean share of the points before, 0 to 1' })
  pre!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Mean share of the points after, 0 to 1' })
  post!: number | null;
}

export class SessionGainDto extends LearningGainDto {
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'null: people in no session' })
  sessionId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  city!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date' })
  localDate!: string | null;
}

export class CourseGainDto {
  @ApiProperty({ format: 'uuid' })
  courseId!: string;
  @ApiProperty({ type: [SessionGainDto] })
  sessions!: SessionGainDto[];
  @ApiProperty({ type: [LearningGainDto], description: 'Over all that you may see' })
  total!: LearningGainDto[];
}
