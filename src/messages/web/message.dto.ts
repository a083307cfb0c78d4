import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { CALL_OUTCOMES, type CallOutcome } from '../calls/call-line.js';

const PAGE = 50;
const LARGEST_PAGE = 200;
const STATES = ['queued', 'handed', 'sent', 'failed', 'unknown'];

/** One message in the outbox of the demo. */
export class OutboxLineView {
  @ApiProperty({ description: 'Number in E.164, or e-mail address', example: '+212612345678' })
  to!: string;

  @ApiProperty({ enum: ['sms', 'email'] })
  channel!: string;

  @ApiProperty({ example: 'code' })
  template!: string;

  @ApiPropertyOptional({ description: 'Of an e-mail' })
  subject?: string;

  @ApiProperty()
  body!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

/** What came of a call. */
export class CallResultView {
  @ApiProperty({ enum: CALL_OUTCOMES })
  outcome!: CallOutcome;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

/** One message that was written to a person, or said to them by telephone. */
export class MyMessageView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['sms', 'email', 'call'], description: '`call`: no number of theirs takes an SMS' })
  channel!: string;

  @ApiProperty({ example: 'code' })
  template!: string;

  @ApiProperty({ description: 'The text; codes are stars' })
  body!: string;

  @ApiProperty({ enum: STATES })
  state!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why it waits or failed, as a code',
    example: 'no-gateway',
  })
  reason!: string | null;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The end of the quiet hours for which it waits',
  })
  sendAfter!: string | null;

  @ApiProperty({
    type: CallResultView,
    nullable: true,
    description: 'What came of the last call, where one was made',
  })
  call!: CallResultView | null;
}

/** One page of a person's messages, newest first. */
export class MyMessagesView {
  @ApiProperty({ type: [MyMessageView] })
  items!: MyMessageView[];

  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page; null at the end' })
  next!: string | null;
}

/** Which page of the list. */
export class MyMessagesPage {
  @ApiProperty({ required: false, description: '`next` of the page before' })
  @IsOptional()
  @IsUUID()
  cursor?: string;

  @ApiProperty({ required: false, default: PAGE, minimum: 1, maximum: LARGEST_PAGE })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => Number(value))
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
  limit: number = PAGE;
}
