import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
} from 'class-validator';
import { LOCALES } from '../../shared/i18n/i18n.js';
import { CATEGORIES, GENDERS, PURPOSES, SECTORS } from '../person.kinds.js';

/** Given and family name in one script. */
export class NamePartsView {
  @ApiProperty({ maxLength: 100, example: 'Fatima' })
  given!: string;

  @ApiProperty({ maxLength: 100, example: 'Alaoui' })
  family!: string;
}

/** A name in Latin script, in Arabic script, or in both. */
export class PersonNameView {
  @ApiProperty({ required: false, type: NamePartsView })
  fr?: NamePartsView;

  @ApiProperty({ required: false, type: NamePartsView })
  ar?: NamePartsView;
}

/** A sign-up by phone. */
export class SignUpRequest {
  @ApiProperty({
    example: '06 12 34 56 78',
    description: 'As people write it; national numbers are Moroccan',
  })
  @IsString()
  phone!: string;

  @ApiProperty({
    required: false,
    description: 'Send true after `phone-unusual`: the number was checked and is right',
  })
  @IsOptional()
  @IsBoolean()
  phoneConfirmed?: boolean | null;

  @ApiProperty({ type: PersonNameView, description: 'One script is enough; neither is made from the other' })
  @IsDefined()
  name!: unknown;

  @ApiProperty({ required: false, enum: GENDERS, default: 'unspecified' })
  @IsOptional()
  @IsIn(GENDERS)
  gender?: string | null;

  @ApiProperty({ required: false, example: 1985 })
  @IsOptional()
  @IsInt()
  birthYear?: number | null;

  @ApiProperty({
    required: false,
    description: 'Code of the commune; province and milieu derive from it',
    example: '01.511.01.0',
  })
  @IsOptional()
  @IsString()
  commune?: string | null;

  @ApiProperty({ required: false, description: 'Slug of the nearest city of the tour', example: 'tetouan' })
  @IsOptional()
  @IsString()
  city?: string | null;

  @ApiProperty({ required: false, enum: CATEGORIES })
  @IsOptional()
  @IsIn(CATEGORIES)
  category?: string | null;

  @ApiProperty({ required: false, enum: SECTORS })
  @IsOptional()
  @IsIn(SECTORS)
  sector?: string | null;

  @ApiProperty({ enum: LOCALES, description: 'Language of messages to this person' })
  @IsIn(LOCALES)
  language!: string;

  @ApiProperty({ enum: PURPOSES, isArray: true, description: '`training` is needed; the others are free' })
  @IsIn(PURPOSES, { each: true })
  @ArrayMaxSize(20)
  @IsArray()
  consents!: string[];
}

/** The same answer for everybody, whoever has the number already. */
export class SignUpAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['pending'] })
  status!: 'pending';
}
