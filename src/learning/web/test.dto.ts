import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { ItemFeedbackDto, QuizAttemptDto, QuizItemDto } from './quiz.dto.js';

const PHASES = ['pre', 'post'];

export class TestTakenDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: PHASES })
  phase!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'Points; null until the second test is in' })
  score!: number | null;
  @ApiProperty({ description: 'Points there are' })
  max!: number;
  @ApiProperty({ type: [ItemFeedbackDto], description: 'After the second test only' })
  feedback!: ItemFeedbackDto[];
}

export class OwnTestDto {
  @ApiProperty({ format: 'uuid' })
  courseId!: string;
  @ApiProperty({ format: 'uuid' })
  versionId!: string;
  @ApiProperty({
    enum: ['pre', 'post', 'early', 'read-aloud', 'done'],
    description: 'Which test is due; early: the second is not open yet; read-aloud: the trainer asks it',
  })
  step!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty()
  intro!: string;
  @ApiProperty({ type: [QuizItemDto], description: 'While a test is due; never the keys' })
  items!: QuizItemDto[];
  @ApiProperty({ type: TestTakenDto, nullable: true })
  pre!: TestTakenDto | null;
  @ApiProperty({ type: TestTakenDto, nullable: true })
  post!: TestTakenDto | null;
}

export class TestAttemptDto extends QuizAttemptDto {
  @ApiPropertyOptional({ enum: PHASES, description: 'Which test is meant; unset: the one that is due' })
  phase?: string;
}

export class TestGridDto {
  @IsOptional()
  @ApiProperty({ enum: PHASES })
  phase!: unknown;
  @IsOptional()
  @ApiProperty({
    oneOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }],
    description:
      'One line a person, as a list or as one text: number on the list, then a letter an item: "7: A B C - D …"',
  })
  lines!: unknown;
}

export class TestGridTakenDto {
  @ApiProperty({ description: 'People written down' })
  taken!: number;
}
