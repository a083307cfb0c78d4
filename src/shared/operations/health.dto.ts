import { ApiProperty } from '@nestjs/swagger';

export class LivenessDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

export class PartDto {
  @ApiProperty({ enum: ['ready', 'unavailable'] })
  status!: 'ready' | 'unavailable';

  @ApiProperty({ description: 'What is wrong, in one sentence', required: false })
  reason?: string;
}

export class PartsDto {
  @ApiProperty({ type: PartDto })
  database!: PartDto;

  @ApiProperty({ type: PartDto })
  migrations!: PartDto;

  @ApiProperty({ type: PartDto })
  storage!: PartDto;

  @ApiProperty({ type: PartDto })
  transcoding!: PartDto;
}

export class HealthDto {
  @ApiProperty({ enum: ['ok', 'unavailable'] })
  status!: 'ok' | 'unavailable';

  @ApiProperty({ type: PartsDto })
  parts!: PartsDto;
}
