import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const STATES = ['working', 'placed', 'failed'] as const;

/** Why there is no film. */
export class FilmFailureDto {
  @ApiProperty({ description: 'Stable code of the reason, such as `film-cut`' })
  code!: string;

  @ApiProperty({ description: 'The reason in a few words' })
  title!: string;

  @ApiProperty({ description: 'The reason as a sentence, with what to do' })
  detail!: string;

  @ApiProperty({
    description: 'True when the same file is worth another try; another file is needed otherwise',
  })
  again!: boolean;
}

/** How far a film is. */
export class FilmDto {
  @ApiProperty({ enum: STATES, description: '`placed`: it stands in its block of the draft' })
  state!: (typeof STATES)[number];

  @ApiProperty({ type: 'integer', description: 'Milliseconds of the source that are made' })
  done!: number;

  @ApiProperty({ type: 'integer', description: 'Milliseconds of the source; 0 until it was looked at' })
  total!: number;

  @ApiPropertyOptional({ type: FilmFailureDto, description: 'Where it has failed' })
  failure?: FilmFailureDto;
}
