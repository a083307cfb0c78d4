import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LOCALES } from '../../shared/i18n/i18n.js';

export class PackFileDto {
  @ApiProperty({ description: 'Address from the root of the site' })
  url!: string;
  @ApiProperty({ description: 'What it takes on the phone; on the way it may be packed smaller' })
  bytes!: number;
  @ApiProperty({
    enum: ['page', 'app', 'lesson', 'video', 'player'],
    description: '`video` and `player` (the script that plays it): only with the video',
  })
  part!: string;
}

export class PackBytesDto {
  @ApiProperty({ description: 'Text, pictures, recordings, documents and the scripts of the page' })
  withoutVideo!: number;
  @ApiProperty({ description: 'With the video in one size, one sound, and its captions' })
  withVideo!: number;
}

export class LessonPackDto {
  @ApiProperty({ format: 'uuid' })
  moduleId!: string;
  @ApiProperty()
  slug!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ format: 'uuid', description: 'Version of the course that the person is on' })
  versionId!: string;
  @ApiProperty({ enum: LOCALES })
  lang!: string;
  @ApiProperty({ description: 'Address of the lesson, the first of the files' })
  page!: string;
  @ApiProperty({ type: PackBytesDto })
  bytes!: PackBytesDto;
  @ApiProperty({ type: [PackFileDto] })
  files!: PackFileDto[];
}

export class CoursePackDto {
  @ApiProperty({ format: 'uuid' })
  courseId!: string;
  @ApiProperty()
  slug!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ format: 'uuid', description: 'Version of the course that the person is on' })
  versionId!: string;
  @ApiProperty({ enum: LOCALES })
  lang!: string;
  @ApiProperty({ description: 'Address of the page of the course, the first of the files' })
  page!: string;
  @ApiProperty({ type: PackBytesDto, description: 'What several lessons need counts once' })
  bytes!: PackBytesDto;
  @ApiProperty({ type: [PackFileDto], description: 'Of the course itself, without its lessons' })
  files!: PackFileDto[];
  @ApiProperty({ type: [LessonPackDto] })
  modules!: LessonPackDto[];
}

export class SyncDto {
  @ApiProperty({ format: 'uuid', description: 'The person whose facts may be sent now' })
  person!: string;
  @ApiPropertyOptional({ description: 'For writes by cookie, as `x-csrf-token`' })
  csrf?: string;
}
