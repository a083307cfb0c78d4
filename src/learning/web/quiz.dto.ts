import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class QuizChoiceDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  text!: string;
}

export class QuizItemDto {
  @ApiProperty()
  id!: string;
  @ApiProperty({ enum: ['single', 'multiple', 'boolean', 'number'] })
  kind!: string;
  @ApiProperty()
  prompt!: string;
  @ApiPropertyOptional({ type: [QuizChoiceDto] })
  choices?: QuizChoiceDto[];
  @ApiPropertyOptional({ description: 'Unit of a number' })
  unit?: string;
}

export class QuizDto {
  @ApiProperty({ format: 'uuid' })
  moduleId!: string;
  @ApiProperty({ format: 'uuid', description: 'Send it back with the answers given without a network' })
  versionId!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ description: 'Percent of the points needed to pass' })
  pass!: number;
  @ApiProperty({ type: [QuizItemDto] })
  items!: QuizItemDto[];
}

export class QuizAttemptDto {
  @ApiProperty({ format: 'uuid', description: 'Made by the client; the same id again is the same attempt' })
  id!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: {
      oneOf: [
        { type: 'string' },
        { type: 'array', items: { type: 'string' } },
        { type: 'number' },
        { type: 'boolean' },
      ],
    },
    description: 'By item: a choice, several choices, a number (12.5, "12,5"), true or false',
  })
  answers!: Record<string, unknown>;
  @ApiPropertyOptional({ format: 'date-time', description: 'When it was answered, at most seven days ago' })
  at?: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'Version of the course that was answered' })
  versionId?: string;
}

export class ItemFeedbackDto {
  @ApiProperty()
  itemId!: string;
  @ApiProperty()
  correct!: boolean;
  @ApiProperty()
  text!: string;
}

export class QuizResultDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'Points' })
  score!: number;
  @ApiProperty({ description: 'Points there were' })
  max!: number;
  @ApiProperty()
  passed!: boolean;
  @ApiProperty({ description: "Which of the person's attempts at this quiz it is, from 1" })
  attempt!: number;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: [ItemFeedbackDto] })
  feedback!: ItemFeedbackDto[];
}
