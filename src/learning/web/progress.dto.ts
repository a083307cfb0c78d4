import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MAX_EVENTS, MAX_RANGES } from '../progress-events.js';

export class ProgressEventDto {
  @ApiProperty({ format: 'uuid', description: 'Made by the client; the same id again changes nothing' })
  id!: string;
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'number', minimum: 0 }, minItems: 2, maxItems: 2 },
    maxItems: MAX_RANGES,
    description: 'Stretches played, in seconds, half-open; what lies beyond the end is cut off',
  })
  ranges!: number[][];
  @ApiProperty({ minimum: 0, description: 'Where the player stood, in seconds' })
  position!: number;
  @ApiProperty({ format: 'date-time', description: "The client's time" })
  at!: string;
}

export class ProgressEventsDto {
  @ApiProperty({ type: [ProgressEventDto], maxItems: MAX_EVENTS })
  events!: ProgressEventDto[];
  @ApiPropertyOptional({
    format: 'date-time',
    description: "The client's time now: events are placed by the difference to ours",
  })
  sentAt?: string;
}

export class VideoProgressDto {
  @ApiProperty({ description: 'Seconds of the video that count' })
  watchedSeconds!: number;
  @ApiProperty({
    description: 'Claimed faster than one can watch; counts once the quiz of the module is passed',
  })
  unverifiedSeconds!: number;
  @ApiProperty({ description: 'Percent of the video that counts' })
  percent!: number;
  @ApiProperty({ description: 'As much as the module asks for' })
  completed!: boolean;
}
