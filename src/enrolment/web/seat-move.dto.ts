import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsUUID,
  Matches,
} from 'class-validator';
import { ToldPreviewDto } from '../../tours/public.js';
import { type Live, STAYS, type Stays } from '../seat-move/seat-move.plan.js';
import { ALL_LIVE } from '../seat-move/seat-moves.js';

/** People who can be ticked one by one. */
export const MOST_CHOSEN = 500;

export class SeatMoveDto {
  @ApiProperty({ format: 'uuid', description: 'Another session of the campaign, still to come' })
  @IsUUID()
  to!: string;

  @ApiPropertyOptional({ type: [String], enum: ALL_LIVE, description: 'Whom; everybody where it is missing' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(ALL_LIVE, { each: true })
  statuses?: Live[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_CHOSEN,
    description: 'Only these of them; others’ are left out',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CHOSEN)
  @IsUUID(undefined, { each: true })
  enrolmentIds?: string[];

  @ApiPropertyOptional({
    enum: ['stay', 'wait'],
    default: 'stay',
    description: 'Where no seat is left: stay, or a place at the end of the queue there',
  })
  @IsOptional()
  @IsIn(['stay', 'wait'])
  whenFull?: 'stay' | 'wait';

  @ApiPropertyOptional({
    description: 'Of the preview: what differs from it is refused with 409 `move-changed`',
  })
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  plan?: string;
}

export class SeatMoveLineDto {
  @ApiProperty({ format: 'uuid' })
  enrolmentId!: string;

  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ALL_LIVE })
  from!: Live;

  @ApiProperty({ type: String, enum: ALL_LIVE, nullable: true, description: 'Null: stays' })
  to!: Live | null;

  @ApiProperty({ type: String, enum: STAYS, nullable: true, description: 'Why they stay' })
  why!: Stays | null;
}

export class SeatMoveCountsDto {
  @ApiProperty({ type: 'integer' })
  booked!: number;

  @ApiProperty({ type: 'integer' })
  offered!: number;

  @ApiProperty({ type: 'integer' })
  waiting!: number;

  @ApiProperty({ type: 'integer' })
  stays!: number;
}

export class SeatMovesDto {
  @ApiProperty({ description: 'Names these lines' })
  plan!: string;

  @ApiProperty({ type: SeatMoveCountsDto })
  counts!: SeatMoveCountsDto;

  @ApiProperty({ type: [SeatMoveLineDto] })
  lines!: SeatMoveLineDto[];
}

export class SeatMovePreviewDto extends SeatMovesDto {
  @ApiProperty({
    type: ToldPreviewDto,
    description: 'Who would be told, those offered what is freed included',
  })
  told!: Omit<ToldPreviewDto, 'revision'>;
}
