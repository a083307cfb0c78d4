import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, type Locale } from '../../shared/i18n/i18n.js';
import { type Confirmation, CONFIRMATIONS } from '../confirmation.js';
import { ENROLMENT_STATUSES, type EnrolmentStatus } from '../enrolment-status.js';

export class ConcernedDto {
  @ApiProperty({ format: 'uuid' })
  enrolmentId!: string;

  @ApiProperty({ description: 'In the reader’s script where there is one' })
  name!: string;

  @ApiProperty({ enum: ENROLMENT_STATUSES })
  status!: EnrolmentStatus;

  @ApiProperty({
    type: String,
    enum: LOCALES,
    nullable: true,
    description: 'Null for somebody without any number',
  })
  language!: Locale | null;

  @ApiProperty({ enum: ['sms', 'call'], description: '`call`: no number of theirs takes an SMS' })
  way!: 'sms' | 'call';

  @ApiProperty({
    type: String,
    enum: CONFIRMATIONS,
    nullable: true,
    description: '`to-confirm`: asked, and without an answer the day before',
  })
  confirmation!: Confirmation | null;
}

export class ConcernedListDto {
  @ApiProperty({ type: [ConcernedDto] })
  items!: ConcernedDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page' })
  next!: string | null;
}
