import { ApiProperty } from '@nestjs/swagger';

/** An upload that has begun. */
export class UploadBegunDto {
  @ApiProperty({ format: 'uuid', description: 'The last part of its address' })
  id!: string;
}
