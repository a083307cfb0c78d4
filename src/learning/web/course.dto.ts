import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Locale, LOCALES } from '../../shared/i18n/i18n.js';
import type { ListeningLanguage } from '../../shared/listening/listening-language.js';

const LISTENING = ['fr', 'ar', 'ary', 'rif', 'zgh'];

export class CourseLanguageDto {
  @ApiPropertyOptional({ enum: LOCALES, description: "Language of the texts; unset: the caller's" })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}

export class RenditionDto {
  @ApiProperty({ description: 'Pixels' })
  height!: number;
  @ApiProperty({ description: 'Bytes of the whole video with its sound at this choice' })
  bytes!: number;
  @ApiProperty({ description: 'Playlist of the pictures alone' })
  playlist!: string;
}

export class AudioOnlyDto {
  @ApiProperty()
  bytes!: number;
  @ApiProperty()
  playlist!: string;
}

export class CaptionsDto {
  @ApiProperty({ enum: LOCALES })
  lang!: string;
  @ApiProperty()
  url!: string;
}

export class AudioTrackDto {
  @ApiProperty({ enum: LISTENING })
  lang!: ListeningLanguage;
  @ApiProperty({ description: 'A machine speaks' })
  synthetic!: boolean;
  @ApiProperty({ description: 'Playlist of this sound alone' })
  playlist!: string;
  @ApiProperty({ description: 'Bytes of this sound alone' })
  bytes!: number;
}

export class VideoDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'Master playlist (HLS)' })
  hls!: string;
  @ApiProperty({ description: 'Seconds' })
  duration!: number;
  @ApiProperty({ description: 'Still picture' })
  poster!: string;
  @ApiProperty({ type: [RenditionDto] })
  renditions!: RenditionDto[];
  @ApiProperty({ type: AudioOnlyDto })
  audioOnly!: AudioOnlyDto;
  @ApiProperty({ type: [CaptionsDto] })
  captions!: CaptionsDto[];
  @ApiProperty({ type: [AudioTrackDto] })
  audioTracks!: AudioTrackDto[];
}

export class QuizSummaryDto {
  @ApiProperty()
  title!: string;
  @ApiProperty({ description: 'Number of questions' })
  items!: number;
  @ApiProperty({ description: 'Percent of the points needed to pass' })
  pass!: number;
}

export class ExerciseDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ description: 'Markdown: paragraphs, lists, bold, italics, https links' })
  text!: string;
  @ApiProperty({ enum: ['photo', 'tick'] })
  proof!: string;
}

export class SoundDto {
  @ApiProperty({ enum: LISTENING })
  lang!: ListeningLanguage;
  @ApiProperty({ description: 'Mono AAC in MP4, under an address whose content never changes' })
  url!: string;
  @ApiProperty()
  bytes!: number;
  @ApiProperty({ description: 'A machine speaks' })
  synthetic!: boolean;
}

export class AudioBlockDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ description: 'What is heard, as Markdown: paragraphs, lists, bold, italics, https links' })
  transcript!: string;
  @ApiProperty({ type: [SoundDto] })
  tracks!: SoundDto[];
}

export class HandedOutDto {
  @ApiProperty({ enum: LOCALES, nullable: true, type: String, description: 'Null: the same for everybody' })
  lang!: string | null;
  @ApiProperty({ description: 'Address whose content never changes; it is saved, not shown' })
  url!: string;
  @ApiProperty({ description: 'PDF, DOCX, XLSX, PPTX, ODT, ODS or ODP' })
  type!: string;
  @ApiProperty()
  bytes!: number;
}

export class FileBlockDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  @ApiProperty({ type: [HandedOutDto] })
  files!: HandedOutDto[];
}

export class QuizProgressDto {
  @ApiProperty()
  attempts!: number;
  @ApiProperty({ description: 'Points of the best attempt' })
  best!: number;
  @ApiProperty({ description: 'Points there were in the best attempt' })
  max!: number;
  @ApiProperty()
  passed!: boolean;
}

export class ModuleProgressDto {
  @ApiProperty()
  watchedSeconds!: number;
  @ApiProperty({ description: 'Claimed faster than one can watch; counts once the quiz is passed' })
  unverifiedSeconds!: number;
  @ApiProperty({ description: 'Percent of the video' })
  percent!: number;
  @ApiProperty({ description: 'As much of the video as the module asks for' })
  completed!: boolean;
  @ApiProperty({ description: 'Where the player stood, in seconds' })
  position!: number;
  @ApiProperty({ type: QuizProgressDto, nullable: true })
  quiz!: QuizProgressDto | null;
  @ApiProperty({ description: 'Everything the module asks for' })
  done!: boolean;
}

export class ModuleDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  slug!: string;
  @ApiProperty({ description: 'From 1' })
  position!: number;
  @ApiProperty()
  title!: string;
  @ApiProperty({ description: 'Whole minutes for a learner' })
  minutes!: number;
  @ApiProperty({ enum: ['complete', 'outline'] })
  status!: string;
  @ApiProperty({ type: [String] })
  objectives!: string[];
  @ApiProperty({ type: [String], description: 'Slugs of modules to do before' })
  requires!: string[];
  @ApiPropertyOptional({ type: VideoDto })
  video?: VideoDto;
  @ApiProperty({ type: QuizSummaryDto, nullable: true })
  quiz!: QuizSummaryDto | null;
  @ApiProperty({ type: ExerciseDto, nullable: true })
  exercise!: ExerciseDto | null;
  @ApiProperty({
    type: [AudioBlockDto],
    description: 'Recordings that are a piece of the lesson by themselves',
  })
  sounds!: AudioBlockDto[];
  @ApiProperty({ type: [FileBlockDto], description: 'Documents to take home' })
  files!: FileBlockDto[];
  @ApiPropertyOptional({ type: ModuleProgressDto, description: 'Of the signed-in person' })
  progress?: ModuleProgressDto;
}

export class CourseDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  slug!: string;
  @ApiProperty({ format: 'uuid' })
  versionId!: string;
  @ApiProperty({ description: 'Number of the version, from 1' })
  version!: number;
  @ApiProperty({ enum: LOCALES, description: 'Language asked for' })
  lang!: Locale;
  @ApiProperty({
    enum: LOCALES,
    nullable: true,
    type: String,
    description: 'Language of the texts that are missing in it',
  })
  fallbackLang!: Locale | null;
  @ApiProperty()
  title!: string;
  @ApiProperty()
  summary!: string;
  @ApiProperty()
  audience!: string;
  @ApiProperty({ type: [String] })
  objectives!: string[];
  @ApiProperty({ type: [ModuleDto] })
  modules!: ModuleDto[];
}

export class CourseListDto {
  @ApiProperty({ type: [CourseDto] })
  items!: CourseDto[];
  @ApiProperty({ type: String, nullable: true, description: 'All courses come at once: always null' })
  next!: string | null;
}
