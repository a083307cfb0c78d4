import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Locale, LOCALES } from '../../shared/i18n/i18n.js';

export class ShopPackFileDto {
  @ApiProperty({ description: 'Address from the root of the site' })
  url!: string;
  @ApiProperty({ description: 'What it takes on the phone; on the way it may be packed smaller' })
  bytes!: number;
  @ApiProperty({ enum: ['page', 'app', 'lesson'] })
  part!: string;
}

export class ShopPackDto {
  @ApiProperty()
  slug!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty({ format: 'uuid', description: 'The shop: one that was begun anew is another version' })
  versionId!: string;
  @ApiProperty({ enum: LOCALES })
  lang!: string;
  @ApiProperty({ description: 'Address of the shop, the first of the files' })
  page!: string;
  @ApiProperty({ description: 'What all of it takes on the phone' })
  bytes!: number;
  @ApiProperty({ type: [ShopPackFileDto] })
  files!: ShopPackFileDto[];
}

export class ShopWorldQueryDto {
  @ApiPropertyOptional({ enum: LOCALES, description: "Language of the words; unset: the caller's" })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
  @ApiPropertyOptional({
    description: 'Number of things done: another address once there are more. Not read',
  })
  @IsOptional()
  done?: string;
  @ApiPropertyOptional({ description: 'The same for its words. Not read' })
  @IsOptional()
  words?: string;
}

export class ShopWorldDto {
  @ApiProperty({ type: Object, description: 'The shop and everything done in it' })
  row!: object;
  @ApiProperty({ type: Object, description: 'Its scenario, whole: what comes and what it is worth' })
  scenario!: object;
  @ApiProperty({ enum: LOCALES })
  lang!: string;
  @ApiProperty({ type: Object, description: 'The words of its pages' })
  words!: object;
}
