import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CERTIFICATE_STATUSES, type CertificateStatus } from '../certificate.js';

export class BothDto {
  @ApiProperty()
  fr!: string;

  @ApiProperty()
  ar!: string;
}

export class PrintedNameDto {
  @ApiPropertyOptional({ description: 'As printed; left out when the person gave no name in Latin script' })
  fr?: string;

  @ApiPropertyOptional({ description: 'As printed; left out when the person gave no name in Arabic script' })
  ar?: string;
}

export class CertificateDatesDto {
  @ApiProperty({ format: 'date' })
  first!: string;

  @ApiProperty({ format: 'date' })
  last!: string;
}

export class SignatoryDto {
  @ApiProperty({ type: BothDto })
  name!: BothDto;

  @ApiProperty({ type: BothDto })
  role!: BothDto;
}

export class PrintedTextDto {
  @ApiPropertyOptional({ description: 'As printed; left out when nothing is printed in French' })
  fr?: string;

  @ApiPropertyOptional({ description: 'As printed; left out when nothing is printed in Arabic' })
  ar?: string;
}

/** The words around the facts: the campaign’s own, or the product’s where it has none. */
export class PrintedTextsDto {
  @ApiProperty({ type: PrintedTextDto, description: 'Under the names of who gives it' })
  givenBy!: PrintedTextDto;

  @ApiProperty({ type: PrintedTextDto })
  heading!: PrintedTextDto;

  @ApiProperty({ type: PrintedTextDto, description: 'Above the name' })
  given!: PrintedTextDto;

  @ApiProperty({ type: PrintedTextDto, description: 'Above the course' })
  reason!: PrintedTextDto;

  @ApiProperty({ type: PrintedTextDto, description: 'At the end' })
  note!: PrintedTextDto;
}

export class PrintedLogoDto {
  @ApiProperty({ type: BothDto, description: 'What the logo shows' })
  alt!: BothDto;
}

/** Every printed field, and whether the certificate still holds. */
export class CertificateDto {
  @ApiProperty({ description: 'Nine random characters and a check character', example: '7K3MX9QPT2' })
  code!: string;

  @ApiProperty({ enum: CERTIFICATE_STATUSES })
  status!: CertificateStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Code of the certificate that took its place' })
  replacedBy!: string | null;

  @ApiProperty({ format: 'date-time', description: 'Since when the status holds' })
  statusAt!: string;

  @ApiProperty({ example: '2027-000042' })
  serial!: string;

  @ApiProperty({ type: PrintedNameDto })
  name!: PrintedNameDto;

  @ApiProperty({ type: BothDto })
  course!: BothDto;

  @ApiProperty({ type: BothDto })
  campaign!: BothDto;

  @ApiProperty({ type: BothDto })
  organisation!: BothDto;

  @ApiProperty({ type: [BothDto] })
  funders!: BothDto[];

  @ApiProperty({ type: BothDto, nullable: true })
  city!: BothDto | null;

  @ApiProperty({ type: CertificateDatesDto, nullable: true })
  dates!: CertificateDatesDto | null;

  @ApiProperty({
    type: 'integer',
    description: 'Minutes in the room; 0 when nothing was counted, and then not printed',
  })
  minutes!: number;

  @ApiProperty({ format: 'date' })
  issuedOn!: string;

  @ApiProperty({ type: [SignatoryDto] })
  signatories!: SignatoryDto[];

  @ApiProperty({ type: PrintedTextsDto })
  texts!: PrintedTextsDto;

  @ApiProperty({ type: [PrintedLogoDto], description: 'In the order of the sheet' })
  logos!: PrintedLogoDto[];

  @ApiProperty({ description: 'Page where anybody checks it' })
  checkUrl!: string;
}

/** One's own certificate. */
export class MyCertificateDto extends CertificateDto {
  @ApiProperty({ description: 'The PDF, for its holder' })
  pdfUrl!: string;

  @ApiProperty({ description: 'A link that opens WhatsApp with the check page' })
  shareUrl!: string;
}

export class MyCertificatesDto {
  @ApiProperty({ type: [MyCertificateDto] })
  items!: MyCertificateDto[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

/** A certificate as its staff sees it. */
export class StaffCertificateDto extends CertificateDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ format: 'uuid' })
  courseId!: string;

  @ApiProperty({ format: 'uuid' })
  campaignId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  sessionId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  revokedReason!: string | null;

  @ApiProperty({ format: 'date-time' })
  issuedAt!: string;
}

export class StaffCertificatesDto {
  @ApiProperty({ type: [StaffCertificateDto] })
  items!: StaffCertificateDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page' })
  next!: string | null;
}

export class JobIdDto {
  @ApiProperty({ format: 'uuid' })
  jobId!: string;
}

/** The name that will be printed, and whether somebody said that it is right. */
export class NameStateDto {
  @ApiProperty({ type: PrintedNameDto })
  name!: PrintedNameDto;

  @ApiProperty()
  confirmed!: boolean;
}

export class ConfirmedDto {
  @ApiProperty({ type: 'integer', description: 'How many names were confirmed' })
  confirmed!: number;
}
