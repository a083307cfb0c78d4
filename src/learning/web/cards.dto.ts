import { IsIn, IsOptional } from 'class-validator';

/** `?key=1` prints the right answers, for trainers. */
export class CardsQueryDto {
  @IsOptional()
  @IsIn(['1'], { context: { code: 'not-a-choice' } })
  key?: string;
}
