import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LISTENING_LANGUAGES, type ListeningLanguage } from './listening-language.js';

const SPEAKERS = ['person', 'synthetic'];
const LINE =
  'Of a course `<module>/<card>`, `<module>/<quiz>.<question>` or `test.<question>`; of the consent `notice`, `receipt` or a purpose';

export class RecordingDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: LINE })
  line!: string;
  @ApiProperty({ enum: LISTENING_LANGUAGES })
  lang!: ListeningLanguage;
  @ApiProperty({ enum: SPEAKERS })
  speaker!: string;
  @ApiProperty({ description: 'Digest of the words that are read' })
  words!: string;
  @ApiProperty({ description: 'What is shown, or a draft of it, still has these words' })
  current!: boolean;
  @ApiProperty({ description: 'Address from the root of the site' })
  url!: string;
  @ApiProperty({ type: 'integer' })
  durationMs!: number;
  @ApiProperty({ type: 'integer' })
  bytes!: number;
  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Account of whoever sent it; null for the operator',
  })
  recordedBy!: string | null;
}

export class RecordingListDto {
  @ApiProperty({ type: [RecordingDto] })
  items!: RecordingDto[];
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class RecordingAddedDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

/** A form with a file; only described here, `recordingOf` reads it. */
export class RecordingFormDto {
  @ApiProperty({ description: LINE })
  line!: string;
  @ApiProperty({ enum: LISTENING_LANGUAGES })
  lang!: string;
  @ApiPropertyOptional({ enum: SPEAKERS, default: 'person' })
  speaker?: string;
  @ApiPropertyOptional({
    description: 'Digest of the words that were read; unset: those that stand there now',
  })
  words?: string;
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: 'WebM, Ogg, MP4, MP3, WAV, FLAC or AAC; 10 MB, 3 minutes',
  })
  sound!: unknown;
}
