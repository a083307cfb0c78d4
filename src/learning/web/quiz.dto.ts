import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class QuizPictureDto {
  @ApiProperty({ description: 'Address from the root of the site' })
  src!: string;
  @ApiProperty()
  alt!: string;
}

export class QuizChoiceDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  text!: string;
  @ApiPropertyOptional({ type: QuizPictureDto, description: 'Of a picture choice' })
  image?: QuizPictureDto;
}

export class QuizItemDto {
  @ApiProperty()
  id!: string;
  @ApiProperty({ enum: ['single', 'multiple', 'boolean', 'number', 'order', 'match', 'picture'] })
  kind!: string;
  @ApiProperty()
  prompt!: string;
  @ApiPropertyOptional({ type: QuizPictureDto, description: 'Beside the question' })
  image?: QuizPictureDto;
  @ApiPropertyOptional({ type: [QuizChoiceDto], description: 'To choose from, to put in order, to match' })
  choices?: QuizChoiceDto[];
  @ApiPropertyOptional({ type: [QuizChoiceDto], description: 'What the choices are matched with' })
  options?: QuizChoiceDto[];
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
  @ApiProperty({ description: "Which of the person's papers it is, from 1; send it back with the answers" })
  paper!: number;
  @ApiProperty({ type: [QuizItemDto] })
  items!: QuizItemDto[];
}

export class QuizAttemptDto {
  @ApiProperty({ format: 'uuid', description: 'Made by the client; the same id again is the same attempt' })
  id!: string;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: {
      oneOf: [
        { type: 'string' },
        { type: 'array', items: { type: 'string' } },
        { type: 'number' },
        { type: 'boolean' },
        { type: 'object', additionalProperties: { type: 'string' } },
        { type: 'array', items: { type: 'array', items: { type: 'string' } } },
      ],
    },
    description:
      'By item. single, picture: a choice id. multiple: a list of choice ids. boolean: true, false. number: 12.5 or ' +
      '"12,5", in Arabic-Indic or Persian digits too. order: the list of all choice ids, the first one first. ' +
      'match: { choiceId: optionId } or [[choiceId, optionId], …] with every choice.',
  })
  answers?: Record<string, unknown>;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
    description:
      "Instead of `answers`: the fields of the page's form, as a phone without a network kept them",
  })
  fields?: Record<string, string | string[]>;
  @ApiPropertyOptional({ format: 'date-time', description: 'When it was answered, at most seven days ago' })
  at?: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'Version of the course that was answered' })
  versionId?: string;
  @ApiPropertyOptional({
    description: 'Paper that was answered, where items are drawn; unset: the one that is due',
  })
  paper?: number;
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
