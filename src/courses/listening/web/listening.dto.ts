import { LISTENING_LANGUAGES, type ListeningLanguage } from '../../../shared/listening/listening-language.js';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const SPEAKERS = ['person', 'synthetic'];

export class LanguageCoverageDto {
  @ApiProperty({ enum: LISTENING_LANGUAGES })
  lang!: ListeningLanguage;
  @ApiProperty({ description: 'Cards and questions that somebody reads' })
  person!: number;
  @ApiProperty({ description: 'Cards and questions that a machine reads' })
  synthetic!: number;
  @ApiProperty({ description: 'Whole percent that is heard; 100 only when nothing is missing' })
  percent!: number;
}

export class UnitCoverageDto {
  @ApiProperty({ description: 'Slug of the module, or `test`' })
  unit!: string;
  @ApiProperty({ description: 'Cards and questions there are' })
  lines!: number;
  @ApiProperty({ type: [LanguageCoverageDto] })
  languages!: LanguageCoverageDto[];
}

export class TrackDto {
  @ApiProperty({ description: '`<module>/<card>`, `<module>/<quiz>.<question>` or `test.<question>`' })
  line!: string;
  @ApiProperty({ enum: LISTENING_LANGUAGES })
  lang!: ListeningLanguage;
  @ApiProperty({ description: 'Address from the root of the site; it never changes its content' })
  url!: string;
  @ApiProperty({ enum: SPEAKERS })
  speaker!: string;
  @ApiProperty({ type: 'integer', nullable: true })
  durationMs!: number | null;
}

export class ListeningDto {
  @ApiProperty({ format: 'uuid' })
  courseId!: string;
  @ApiProperty({ description: 'Cards and questions of the course' })
  lines!: number;
  @ApiProperty({ type: [LanguageCoverageDto], description: 'Of the whole course' })
  languages!: LanguageCoverageDto[];
  @ApiProperty({ type: [UnitCoverageDto] })
  units!: UnitCoverageDto[];
  @ApiProperty({ type: [TrackDto], description: 'Everything that is heard, one a line and language' })
  tracks!: TrackDto[];
}

export class RecordingDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: '`<module>/<card>`, `<module>/<quiz>.<question>` or `test.<question>`' })
  line!: string;
  @ApiProperty({ enum: LISTENING_LANGUAGES })
  lang!: ListeningLanguage;
  @ApiProperty({ enum: SPEAKERS })
  speaker!: string;
  @ApiProperty({ description: 'Digest of the words that are read' })
  words!: string;
  @ApiProperty({ description: 'The draft, or what is published, still has these words' })
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
  @ApiProperty({ description: '`<module>/<card>`, `<module>/<quiz>.<question>` or `test.<question>`' })
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
