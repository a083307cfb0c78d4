import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, ValidateIf } from 'class-validator';
import { LOCALES, type Locale } from '../../shared/i18n/i18n.js';
import { FEED_KINDS, type FeedKind } from '../calendar/feed.query.js';

/** What an address is asked for. */
export class NewCalendarFeedDto {
  @ApiProperty({ enum: FEED_KINDS, description: 'Own half-days as a trainer, or all of a tour' })
  @IsIn(FEED_KINDS)
  kind!: FeedKind;

  @ApiProperty({ format: 'uuid', required: false, description: 'Of a tour that the caller plans' })
  @ValidateIf(({ kind }: NewCalendarFeedDto) => kind === 'tour')
  @IsUUID()
  tourId?: string;

  @ApiProperty({
    enum: LOCALES,
    required: false,
    description: 'Of the words in the calendar; else the answer’s',
  })
  @IsOptional()
  @IsIn(LOCALES)
  language?: Locale;
}

export class CalendarFeedDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: FEED_KINDS })
  kind!: FeedKind;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  tourId!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ format: 'uri', description: 'Secret: whoever has it reads the plan' })
  url!: string;

  @ApiProperty({ enum: LOCALES })
  language!: Locale;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class CalendarFeedListDto {
  @ApiProperty({ type: [CalendarFeedDto] })
  items!: CalendarFeedDto[];

  @ApiProperty({ nullable: true, type: String })
  next!: string | null;
}
