import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator';
import type { Both } from '../certificate.js';
import { LONGEST_TEXT, type OwnTexts } from '../certificate-texts.js';
import { LONGEST_ALT, MOST_LOGOS } from '../logo.service.js';
import { BothDto } from './certificate.dto.js';

/** A text in two languages, as it is typed; an empty one leaves that script out. */
export class TypedBothDto {
  @ApiPropertyOptional({ default: '' })
  @IsOptional()
  @IsString()
  fr?: string;

  @ApiPropertyOptional({ default: '' })
  @IsOptional()
  @IsString()
  ar?: string;
}

/** Both languages of what was typed, empty where nothing was. */
export function bothOf(typed: TypedBothDto | null | undefined): Both {
  const { fr, ar } = typed ?? {};
  return { fr: fr ?? '', ar: ar ?? '' };
}

const typed =
  (where: string, max: number): PropertyDecorator =>
  (target, key) => {
    const description = `${where}; at most ${max} characters in each language. Both empty: the product’s words, if it has any`;
    ApiPropertyOptional({ type: TypedBothDto, description })(target, key as string);
    IsOptional()(target, key as string);
    IsObject()(target, key as string);
    ValidateNested()(target, key as string);
    Type(() => TypedBothDto)(target, key as string);
  };

/** The words of a campaign’s certificates, all of them: what is left out is emptied. */
export class TextsDto {
  @typed('Under the names of who gives it', LONGEST_TEXT.givenBy)
  givenBy?: TypedBothDto;

  @typed('The heading', LONGEST_TEXT.heading)
  heading?: TypedBothDto;

  @typed('Above the name', LONGEST_TEXT.given)
  given?: TypedBothDto;

  @typed('Above the course', LONGEST_TEXT.reason)
  reason?: TypedBothDto;

  @typed('At the end', LONGEST_TEXT.note)
  note?: TypedBothDto;
}

/** All texts of what was sent. */
export function textsOf({ givenBy, heading, given, reason, note }: TextsDto): OwnTexts {
  return {
    givenBy: bothOf(givenBy),
    heading: bothOf(heading),
    given: bothOf(given),
    reason: bothOf(reason),
    note: bothOf(note),
  };
}

/** The words of a campaign; empty where it leaves the product’s. */
export class OwnTextsDto {
  @ApiProperty({ type: BothDto })
  givenBy!: BothDto;

  @ApiProperty({ type: BothDto })
  heading!: BothDto;

  @ApiProperty({ type: BothDto })
  given!: BothDto;

  @ApiProperty({ type: BothDto })
  reason!: BothDto;

  @ApiProperty({ type: BothDto })
  note!: BothDto;
}

/** A form with a logo. */
export class LogoUploadDto {
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: 'PNG or JPEG of at most 2 MB, 120 to 6,000 pixels on its longest side',
  })
  picture!: unknown;

  @ApiProperty({ name: 'alt-fr', description: `What it shows, in French; at most ${LONGEST_ALT} characters` })
  'alt-fr'!: string;

  @ApiProperty({ name: 'alt-ar', description: `What it shows, in Arabic; at most ${LONGEST_ALT} characters` })
  'alt-ar'!: string;
}

/** What is changed of a logo. */
export class LogoChangeDto {
  @ApiPropertyOptional({ type: TypedBothDto, description: 'What it shows; both languages' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TypedBothDto)
  alt?: TypedBothDto;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST_LOGOS, description: '1 is first' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_LOGOS)
  position?: number;
}

export class LogoDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: '1 is first; null when it was taken away' })
  position!: number | null;

  @ApiProperty({ type: BothDto })
  alt!: BothDto;

  @ApiProperty({ type: 'integer', description: 'Pixels' })
  width!: number;

  @ApiProperty({ type: 'integer', description: 'Pixels' })
  height!: number;

  @ApiProperty({ description: 'Where the picture is, for those who may change it' })
  pictureUrl!: string;
}

export class LogosDto {
  @ApiProperty({ type: [LogoDto], description: 'In the order of the sheet' })
  items!: LogoDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page' })
  next!: string | null;

  @ApiProperty({ type: [LogoDto], description: 'Those taken away last; they can come back' })
  removed!: LogoDto[];
}
