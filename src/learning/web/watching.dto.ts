import { ApiProperty } from '@nestjs/swagger';

export class WatchedPartDto {
  @ApiProperty({ description: 'Seconds of the video' })
  from!: number;
  @ApiProperty({ description: 'Seconds; this one belongs to the next part' })
  to!: number;
  @ApiProperty({ description: 'People who played it' })
  seen!: number;
  @ApiProperty({ description: 'People who played it more than once' })
  replayed!: number;
  @ApiProperty({ description: 'People who came no further, with less seen than the module asks for' })
  stopped!: number;
}

const FEW = 'null under five people';

export class VideoWatchingDto {
  @ApiProperty({ format: 'uuid' })
  moduleId!: string;
  @ApiProperty()
  slug!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ format: 'uuid' })
  videoId!: string;
  @ApiProperty({ description: 'Seconds' })
  duration!: number;
  @ApiProperty({ type: Number, nullable: true, description: `People who have played any of it; ${FEW}` })
  people!: number | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: `People who have seen what the module asks for; ${FEW}`,
  })
  completed!: number | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: `Share of the video a person has played on average, 0 to 1; ${FEW}`,
  })
  coverage!: number | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: `Share of what was played that is verified, 0 to 1; ${FEW}`,
  })
  verified!: number | null;
  @ApiProperty({ type: [WatchedPartDto], nullable: true, description: FEW })
  parts!: WatchedPartDto[] | null;
}

export class CourseWatchingDto {
  @ApiProperty({ format: 'uuid' })
  courseId!: string;
  @ApiProperty({ type: [VideoWatchingDto] })
  modules!: VideoWatchingDto[];
}

export class PersonVideoDto {
  @ApiProperty()
  slug!: string;
  @ApiProperty()
  watchedSeconds!: number;
  @ApiProperty()
  unverifiedSeconds!: number;
  @ApiProperty({ description: 'Of the video, 0 to 100' })
  percent!: number;
  @ApiProperty()
  completed!: boolean;
}

export class PersonWatchingDto {
  @ApiProperty({ description: 'On the list of the session, from 1' })
  number!: number;
  @ApiProperty({ format: 'uuid' })
  personId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: [PersonVideoDto], description: 'Videos that the person has begun' })
  modules!: PersonVideoDto[];
}

export class SessionWatchingDto {
  @ApiProperty({ format: 'uuid' })
  sessionId!: string;
  @ApiProperty({ format: 'uuid' })
  courseId!: string;
  @ApiProperty({ type: [PersonWatchingDto] })
  people!: PersonWatchingDto[];
}
