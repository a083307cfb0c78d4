import { ApiProperty } from '@nestjs/swagger';

/** A thing that has a name and an address word. */
export class NamedDto {
  @ApiProperty({ example: 'tanger' })
  slug!: string;

  @ApiProperty({ description: 'In the language of the request', example: 'Tanger' })
  name!: string;
}

export class CampaignCourseDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'e-marketing' })
  slug!: string;

  @ApiProperty()
  title!: string;
}

export class EnrolmentPeriodDto {
  @ApiProperty({ description: 'People may enrol now' })
  open!: boolean;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  opensAt!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  closesAt!: string | null;
}

export class CampaignDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'caravane-2027' })
  slug!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  summary!: string;

  @ApiProperty({ format: 'date' })
  startsOn!: string;

  @ApiProperty({ format: 'date' })
  endsOn!: string;

  @ApiProperty({ type: EnrolmentPeriodDto })
  enrolment!: EnrolmentPeriodDto;

  @ApiProperty({ description: 'E.164', example: '+212539000000' })
  supportPhone!: string;

  @ApiProperty({ type: NamedDto })
  operator!: NamedDto;

  @ApiProperty({ type: [NamedDto] })
  funders!: NamedDto[];

  @ApiProperty({ type: [CampaignCourseDto] })
  courses!: CampaignCourseDto[];
}

export class CampaignListDto {
  @ApiProperty({ type: [CampaignDto] })
  items!: CampaignDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Cursor of the next page' })
  next!: string | null;
}
