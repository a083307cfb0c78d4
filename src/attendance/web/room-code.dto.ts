import { ApiProperty } from '@nestjs/swagger';
import { RosterNameDto } from './roster.dto.js';

export class RoomCodeDto {
  @ApiProperty({ example: '048213', description: 'Six digits; they are told this once and kept nowhere' })
  code!: string;

  @ApiProperty({ format: 'date-time', description: 'Ten minutes from now' })
  expiresAt!: string;

  @ApiProperty({ type: RosterNameDto })
  name!: RosterNameDto;

  @ApiProperty({
    type: [String],
    example: ['06 •• •• •• 78'],
    description: 'The person’s numbers, hidden but for their ends; with one of them the code is typed',
  })
  phones!: string[];
}
