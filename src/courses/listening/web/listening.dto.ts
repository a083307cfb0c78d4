import { LISTENING_LANGUAGES, type ListeningLanguage } from '../../../shared/listening/listening-language.js';
import { ApiProperty } from '@nestjs/swagger';

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
