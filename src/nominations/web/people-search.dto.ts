import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { ListDto } from '../../shared/paging/list.dto.js';

export const MAX_QUERY = 100;

export class PeopleSearchQueryDto extends ListDto {
  @ApiProperty({ description: 'Id or slug of the campaign' })
  @IsString()
  @MaxLength(200)
  campaign!: string;

  @ApiProperty({
    maxLength: MAX_QUERY,
    description: 'Words of a name, in either script and any spelling, or at least four digits of a number',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_QUERY)
  q!: string;
}

export class FoundPersonDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: "In the reader's script where it is known" })
  name!: string;

  @ApiProperty({ type: 'integer', nullable: true })
  birthYear!: number | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Name of the commune' })
  commune!: string | null;

  @ApiProperty({ type: [String], description: 'E.164' })
  phones!: string[];

  @ApiProperty({ enum: ['enrolled', 'nominated'] })
  state!: 'enrolled' | 'nominated';
}

export class FoundPeopleDto {
  @ApiProperty({ type: [FoundPersonDto], description: 'Whole words first, then by name' })
  items!: FoundPersonDto[];

  @ApiProperty({ type: 'string', nullable: true })
  next!: string | null;
}
