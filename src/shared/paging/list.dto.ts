import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { LOCALES, type Locale } from '../i18n/i18n.js';
import { MAX_PAGE_SIZE, PAGE_SIZE } from './cursor.js';

/** What every list takes in its address. */
export class ListDto {
  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })
  @IsOptional()
  @Type(() => Number)
  @Max(MAX_PAGE_SIZE, { context: { params: { max: MAX_PAGE_SIZE } } })
  @Min(1, { context: { params: { min: 1 } } })
  @IsInt()
  limit: number = PAGE_SIZE;

  @ApiPropertyOptional({ enum: LOCALES, description: 'Language of the answer; else Accept-Language decides' })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}

/** What a single thing takes in its address. */
export class LanguageDto {
  @ApiPropertyOptional({ enum: LOCALES, description: 'Language of the answer; else Accept-Language decides' })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}
