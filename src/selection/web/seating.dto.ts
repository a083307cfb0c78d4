import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Outcome, OUTCOMES } from '../selection.js';

export class SeatingPlanDto {
  @ApiProperty({ type: [String], description: 'Sessions of the campaign that have not begun' })
  sessions!: string[];
  @ApiPropertyOptional({
    default: false,
    description: 'Also in another city, where no session is in somebody’s own',
  })
  elsewhere?: boolean;
}

export class SeatRefusedDto {
  @ApiProperty({ description: 'Of the dossier' })
  number!: string;
  @ApiProperty({ description: 'Code of the refusal of a seat, or `no-session-in-city`' })
  code!: string;
}

export class SeatingDto {
  @ApiProperty({ type: 'integer' })
  booked!: number;
  @ApiProperty({ type: 'integer' })
  waiting!: number;
  @ApiProperty({ type: 'integer', description: 'Who had a place in the campaign before' })
  already!: number;
  @ApiProperty({ type: [SeatRefusedDto] })
  refused!: SeatRefusedDto[];
  @ApiProperty({ type: 'integer', description: 'Still to be enrolled: send the same once more' })
  left!: number;
}

export class LettersQueryDto {
  @ApiPropertyOptional({ enum: OUTCOMES, description: 'Left out: everybody’s' })
  @IsOptional()
  @IsIn(OUTCOMES)
  outcome?: Outcome;
}
