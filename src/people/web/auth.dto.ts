import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';

/** Asks for a code. */
export class CodeRequestBody {
  @ApiProperty({ example: '0612345678' })
  @IsString()
  phone!: string;
}

/** The same answer whether the number is known or not. */
export class CodeRequestAnswer {
  @ApiProperty({ format: 'uuid', description: 'Send it back with the code' })
  challenge!: string;

  @ApiProperty({ enum: ['sms', 'none'], description: '`none`: no SMS reaches this number; call the desk' })
  delivery!: 'sms' | 'none';

  @ApiProperty({ description: 'Seconds until another code may be asked for', example: 60 })
  resendAfterSeconds!: number;
}

const isByPhone = ({ email }: TokenRequest): boolean => email === undefined || email === null;

/** A phone with its code, or an e-mail address with its password. */
export class TokenRequest {
  @ApiProperty({ required: false, format: 'uuid', description: "Default: the phone's latest" })
  @IsOptional()
  @IsUUID()
  challenge?: string | null;

  @ApiProperty({ required: false, example: '0612345678' })
  @ValidateIf(isByPhone)
  @IsString()
  phone?: string;

  @ApiProperty({ required: false, example: '123456' })
  @ValidateIf(isByPhone)
  @IsString()
  code?: string;

  @ApiProperty({ required: false, example: 'trainer@qafila.test' })
  @IsOptional()
  @IsString()
  @MaxLength(320)
  email?: string | null;

  @ApiProperty({ required: false })
  @ValidateIf((body: TokenRequest) => !isByPhone(body))
  @IsString()
  password?: string;

  @ApiProperty({ required: false, description: 'Code of the authenticator, when the account has one' })
  @IsOptional()
  @IsString()
  totp?: string | null;
}

/** One of the people whom a phone serves. */
export class PersonChoice {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Fatima A.' })
  name!: string;
}

/** A token for `Authorization: Bearer`. */
export class TokenAnswer {
  @ApiProperty()
  token!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({
    type: [PersonChoice],
    description: 'With several, POST /auth/person picks one; empty for staff',
  })
  people!: PersonChoice[];
}

/** Who is speaking. */
export class PersonPick {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  personId!: string;
}

/** The person who speaks from now on. */
export class PersonPickAnswer {
  @ApiProperty({ type: PersonChoice })
  person!: PersonChoice;
}
