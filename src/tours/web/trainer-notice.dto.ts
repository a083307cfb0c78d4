import { ApiProperty } from '@nestjs/swagger';
import type { MessageState } from '../../messages/public.js';
import { type News, NEWS } from '../trainer-news/trainer-news.js';

export class ToldTrainerDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class TrainerNoticeDto {
  @ApiProperty()
  trainer!: ToldTrainerDto;

  @ApiProperty({ enum: NEWS })
  news!: News;

  @ApiProperty({ enum: ['queued', 'handed', 'sent', 'failed', 'unknown'], description: 'Of the e-mail' })
  state!: MessageState;

  @ApiProperty({ type: 'string', nullable: true, description: '`no-gateway`: no mail server is set' })
  error!: string | null;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class TrainerNoticesDto {
  @ApiProperty({ type: [TrainerNoticeDto], description: 'The latest first, 50 at most' })
  items!: TrainerNoticeDto[];
}
