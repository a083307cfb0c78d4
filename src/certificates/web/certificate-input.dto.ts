import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { ListDto } from '../../shared/paging/list.dto.js';
import { CERTIFICATE_STATUSES, type CertificateStatus } from '../certificate.js';

const VISIBLE = /[^\s\p{Cc}\p{Cf}]/u;
const WITHOUT_NUL = /^[^\0]*$/;
const REASON = { min: 3, max: 500 };
const MOST_NAMES = 500;

/** A batch: of one session, of one course, or of the whole campaign. */
export class IssueBatchDto {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  sessionId?: string;

  @ApiPropertyOptional({ description: 'Id or slug' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @Matches(WITHOUT_NUL)
  courseId?: string;

  @ApiPropertyOptional({
    default: false,
    description: 'The staff has compared the names of people who have not confirmed theirs',
  })
  @IsOptional()
  @IsBoolean()
  confirmNames?: boolean;
}

/** One certificate for somebody of the session. */
export class IssueOneDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  personId!: string;

  @ApiPropertyOptional({
    default: false,
    description: 'The staff has compared the name, which nobody has confirmed yet',
  })
  @IsOptional()
  @IsBoolean()
  confirmName?: boolean;
}

export class RevokeDto {
  @ApiProperty({
    minLength: REASON.min,
    maxLength: REASON.max,
    description: 'Kept for the staff; never shown in public',
  })
  @Length(REASON.min, REASON.max, { context: { code: 'reason-length', params: REASON } })
  @Matches(VISIBLE, { context: { code: 'required' } })
  @Matches(WITHOUT_NUL, { context: { code: 'not-unicode' } })
  @IsString()
  reason!: string;
}

export class NameInOneScriptDto {
  @ApiProperty({ maxLength: 100 })
  given!: string;

  @ApiProperty({ maxLength: 100 })
  family!: string;
}

export class NameInputDto {
  @ApiPropertyOptional({ type: NameInOneScriptDto })
  fr?: NameInOneScriptDto;

  @ApiPropertyOptional({ type: NameInOneScriptDto })
  ar?: NameInOneScriptDto;
}

export class ReplaceDto {
  /** Judged by the rule that all names obey; see `checkPersonName`. */
  @ApiProperty({ type: NameInputDto })
  @IsObject()
  @IsDefined()
  name!: object;
}

export class ConfirmNamesDto {
  @ApiProperty({ type: [String], format: 'uuid', minItems: 1, maxItems: MOST_NAMES })
  @IsUUID(undefined, { each: true })
  @ArrayUnique()
  @ArrayMaxSize(MOST_NAMES, { context: { params: { max: MOST_NAMES } } })
  @ArrayMinSize(1)
  @IsArray()
  personIds!: string[];
}

export class CertificateListDto extends ListDto {
  @ApiPropertyOptional({ enum: CERTIFICATE_STATUSES })
  @IsOptional()
  @IsIn(CERTIFICATE_STATUSES)
  status?: CertificateStatus;

  @ApiPropertyOptional({ description: 'A code, a serial number, or a part of a printed name' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(WITHOUT_NUL, { context: { code: 'not-unicode' } })
  q?: string;
}
