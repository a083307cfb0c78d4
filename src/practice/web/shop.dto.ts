import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { type Locale, LOCALES } from '../../shared/i18n/i18n.js';
import { DEED_KINDS } from '../deed.reader.js';
import { REFUND_PROMISES, type RefundPromise } from '../engine/action.js';

export class PracticeLanguageDto {
  @ApiPropertyOptional({ enum: LOCALES, description: "Language of the texts; unset: the caller's" })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}

export class OpenShopDto {
  @ApiProperty({ description: 'Slug of the scenario' })
  @IsString()
  @MaxLength(60)
  scenario!: string;
  @ApiPropertyOptional({ description: 'Begins anew; the shop of before stays as it is' })
  @IsOptional()
  @IsBoolean()
  again?: boolean;
}

export class ActionDto {
  @ApiProperty({ format: 'uuid', description: 'Made by the client; the same id again changes nothing' })
  id!: string;
  @ApiProperty({ enum: DEED_KINDS })
  kind!: string;
  @ApiPropertyOptional({ description: 'Of shop.name' })
  name?: string;
  @ApiPropertyOptional({ description: 'Of terms.save: centimes, one of those offered' })
  deliveryFee?: number;
  @ApiPropertyOptional({ description: 'Of terms.save: days, one of those offered; 0 is never' })
  returnDays?: number;
  @ApiPropertyOptional({ enum: REFUND_PROMISES, description: 'Of terms.save' })
  refund?: string;
  @ApiPropertyOptional({ description: 'Of sheet.*' })
  good?: string;
  @ApiPropertyOptional({ description: 'Of sheet.save' })
  titleFr?: string;
  @ApiPropertyOptional({ description: 'Of sheet.save' })
  titleAr?: string;
  @ApiPropertyOptional({ description: 'Of sheet.save: centimes' })
  price?: number;
  @ApiPropertyOptional({ description: 'Of sheet.save' })
  stock?: number;
  @ApiPropertyOptional({ description: 'Of sheet.save: one of the drawings of the good, or `own`' })
  picture?: string;
  @ApiPropertyOptional({
    type: [String],
    description: 'Of sheet.save: materials, hours, packaging, commission',
  })
  counted?: string[];
  @ApiPropertyOptional({ description: 'Of bank.code: six digits, as the customer types them' })
  code?: string;
  @ApiPropertyOptional({ description: 'Of order.*, card.*, bank.* and wallet.ask' })
  order?: string;
  @ApiPropertyOptional({ enum: ['post', 'private'], description: 'Of order.ship' })
  carrier?: string;
  @ApiPropertyOptional({ enum: ['cash', 'transfer', 'card', 'wallet'], description: 'Of order.refund' })
  channel?: string;
  @ApiPropertyOptional({ description: 'Of chat.answer' })
  chat?: string;
  @ApiPropertyOptional({ description: 'Of chat.answer' })
  choice?: string;
  @ApiPropertyOptional({ description: 'Of book.add' })
  paper?: string;
  @ApiPropertyOptional({ enum: ['in', 'out'], description: 'Of book.add' })
  direction?: string;
  @ApiPropertyOptional({ description: 'Of book.add: centimes' })
  amount?: number;
  @ApiPropertyOptional({ description: 'Of book.remove: id of the action that wrote the line' })
  line?: string;
}

export class PhotoUploadDto {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Made by the client; the same id again changes nothing',
  })
  id?: string;
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: 'JPEG, PNG, WebP or AVIF of at most 5 MB and 12,000 pixels a side',
  })
  photo!: unknown;
}

export class ScenarioDto {
  @ApiProperty()
  slug!: string;
  @ApiProperty({ description: 'Slug of its course' })
  course!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty()
  summary!: string;
  @ApiProperty({ description: 'Simulated days' })
  days!: number;
  @ApiProperty({ description: 'Points there are' })
  max!: number;
}

export class ScenarioListDto {
  @ApiProperty({ type: [ScenarioDto] })
  items!: ScenarioDto[];
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class GoodDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ description: 'Pieces one has' })
  stock!: number;
  @ApiProperty()
  grams!: number;
  @ApiProperty({ type: [String] })
  pictures!: string[];
  @ApiProperty({ description: 'Centimes' })
  materials!: number;
  @ApiProperty()
  minutes!: number;
  @ApiProperty({ description: 'Centimes an hour of work is worth' })
  hourRate!: number;
  @ApiProperty({ description: 'Centimes' })
  packaging!: number;
  @ApiProperty({ description: 'Percent of the price' })
  commission!: number;
}

export class TermsOfferDto {
  @ApiProperty({ type: [Number], description: 'Centimes' })
  deliveryFees!: number[];
  @ApiProperty({ type: [Number], description: 'Days; 0 is never' })
  returnDays!: number[];
}

export class TermsDto {
  @ApiProperty({ description: 'Centimes a customer pays for delivery' })
  deliveryFee!: number;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Days; 0 is never; null until it is said, and where there is nothing to choose: seven days',
  })
  returnDays!: number | null;
  @ApiProperty({ enum: REFUND_PROMISES, nullable: true })
  refund!: RefundPromise | null;
  @ApiProperty({ type: TermsOfferDto, nullable: true, description: 'What there is to choose; null: nothing' })
  offered!: TermsOfferDto | null;
}

export class SheetDto {
  @ApiProperty()
  good!: string;
  @ApiProperty()
  titleFr!: string;
  @ApiProperty()
  titleAr!: string;
  @ApiProperty({ description: 'Centimes' })
  price!: number;
  @ApiProperty()
  stock!: number;
  @ApiProperty({ description: 'A drawing, or `own`' })
  picture!: string;
  @ApiProperty({ type: [String] })
  counted!: string[];
  @ApiProperty()
  published!: boolean;
  @ApiProperty({ description: 'Centimes left of the price after what was counted' })
  margin!: number;
}

export class StepDto {
  @ApiProperty({ description: 'Simulated minute' })
  at!: number;
  @ApiProperty()
  what!: string;
  @ApiProperty()
  text!: string;
}

export class OrderDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  customer!: string;
  @ApiProperty()
  city!: string;
  @ApiProperty()
  good!: string;
  @ApiProperty()
  quantity!: number;
  @ApiProperty()
  method!: string;
  @ApiProperty()
  status!: string;
  @ApiProperty()
  payment!: string;
  @ApiProperty({ description: 'Centimes, with delivery' })
  total!: number;
  @ApiProperty({ description: 'Simulated minute' })
  arrivedAt!: number;
  @ApiProperty({ description: 'The customer must be paid back' })
  refundDue!: boolean;
  @ApiProperty({ type: [StepDto] })
  steps!: StepDto[];
}

export class ChoiceDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  text!: string;
}

export class ChatDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  customer!: string;
  @ApiProperty()
  text!: string;
  @ApiProperty({ type: [ChoiceDto] })
  choices!: ChoiceDto[];
  @ApiProperty({ type: String, nullable: true, description: 'Id of the choice that was made' })
  choice!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What came of it' })
  reply!: string | null;
  @ApiProperty({ description: 'Nobody answered within a day' })
  missed!: boolean;
}

export class PaperDto {
  @ApiProperty()
  id!: string;
  @ApiProperty({ description: 'Simulated minute' })
  at!: number;
  @ApiProperty()
  title!: string;
  @ApiProperty({ type: [Number], description: 'Centimes printed on it' })
  figures!: number[];
}

export class BookLineDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  paper!: string;
  @ApiProperty({ description: 'Signed centimes' })
  amount!: number;
}

export class WalletDto {
  @ApiProperty({ description: 'From 0' })
  level!: number;
  @ApiProperty({ description: 'Centimes' })
  balance!: number;
  @ApiProperty({ description: 'Centimes it may hold' })
  ceiling!: number;
  @ApiProperty({ description: 'The next level is being looked at' })
  raising!: boolean;
}

export class ReasonDto {
  @ApiProperty({ description: '`done`, or the id of a wrong path' })
  rule!: string;
  @ApiProperty({ description: 'Points given, or taken when negative' })
  points!: number;
}

export class ShopExerciseDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty()
  task!: string;
  @ApiProperty({ enum: ['open', 'wrong', 'done'] })
  state!: string;
  @ApiProperty()
  points!: number;
  @ApiProperty()
  max!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Id of the wrong path one took' })
  path!: string | null;
  @ApiProperty({ type: String, nullable: true })
  hint!: string | null;
  @ApiProperty({ type: [ReasonDto] })
  reasons!: ReasonDto[];
}

export class ScoreDto {
  @ApiProperty()
  points!: number;
  @ApiProperty()
  max!: number;
  @ApiProperty({ type: [ShopExerciseDto] })
  exercises!: ShopExerciseDto[];
}

export class ShopDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  scenario!: string;
  @ApiProperty({ description: 'Which try of the person it is, from 1' })
  number!: number;
  @ApiProperty({ description: 'Address of its window, below the language' })
  address!: string;
  @ApiProperty({ description: 'Simulated minute; 0 is eight in the morning of the first day' })
  now!: number;
  @ApiProperty()
  isOver!: boolean;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: TermsDto })
  terms!: TermsDto;
  @ApiProperty({ type: [GoodDto] })
  goods!: GoodDto[];
  @ApiProperty({ type: [SheetDto] })
  sheets!: SheetDto[];
  @ApiProperty({ type: [OrderDto], description: 'Those that have come' })
  orders!: OrderDto[];
  @ApiProperty({ type: [ChatDto], description: 'Those that have come' })
  chats!: ChatDto[];
  @ApiProperty({ type: [PaperDto] })
  papers!: PaperDto[];
  @ApiProperty({ type: [BookLineDto] })
  book!: BookLineDto[];
  @ApiProperty({ type: WalletDto })
  wallet!: WalletDto;
  @ApiProperty({ type: ScoreDto })
  score!: ScoreDto;
}
