import { ApiProperty } from '@nestjs/swagger';

export class PathCountDto {
  @ApiProperty({ description: 'Id of the wrong path' })
  path!: string;
  @ApiProperty()
  people!: number;
  @ApiProperty({ description: 'The hint they are shown' })
  hint!: string;
}

export class ExerciseCountDto {
  @ApiProperty()
  exercise!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ description: 'People who have it right' })
  done!: number;
  @ApiProperty({ description: 'People who are on a wrong path' })
  wrong!: number;
  @ApiProperty({ description: 'People who have not begun it' })
  open!: number;
  @ApiProperty({ type: [PathCountDto], description: 'Most people first' })
  paths!: PathCountDto[];
}

export class ScenarioCountDto {
  @ApiProperty()
  scenario!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ description: 'People who opened the shop' })
  players!: number;
  @ApiProperty({ type: [ExerciseCountDto] })
  exercises!: ExerciseCountDto[];
}

export class GroupDto {
  @ApiProperty({ format: 'uuid' })
  sessionId!: string;
  @ApiProperty({ description: 'People with a seat' })
  seats!: number;
  @ApiProperty({ type: [ScenarioCountDto] })
  scenarios!: ScenarioCountDto[];
}
