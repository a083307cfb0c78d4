import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsObject, IsOptional, IsString, MaxLength, Min } from 'class-validator';

/** Characters of a path or a part's name. */
const NAME_MAX = 200;
/** Characters of a file; the readers take half a megabyte. */
const TEXT_MAX = 500_000;

/** Something to mend, where it is. */
export class DraftFindingDto {
  @ApiProperty({ description: "Path below the course's folder" })
  file!: string;
  @ApiProperty({ description: 'Id of the block, `head` or `whole`' })
  part!: string;
  @ApiProperty({ description: 'Path inside the part; empty for the part itself' })
  pointer!: string;
  @ApiProperty({ description: 'From 1' })
  line!: number;
  @ApiProperty()
  code!: string;
  @ApiProperty({ description: 'What to do, in the reader’s language' })
  detail!: string;
}

export class DraftFileDto {
  @ApiProperty()
  path!: string;
  @ApiProperty()
  sha256!: string;
  @ApiProperty()
  bytes!: number;
}

export class DraftDto {
  @ApiProperty({ description: 'Send it as If-Match with the next save' })
  revision!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Number of the published version' })
  published!: number | null;
  @ApiProperty({ type: [DraftFileDto] })
  files!: DraftFileDto[];
  @ApiProperty({
    type: [DraftFindingDto],
    description: 'What keeps the draft from being published, media aside',
  })
  findings!: DraftFindingDto[];
}

export class DraftEditDto {
  @ApiProperty({ maxLength: NAME_MAX, description: 'Path of a YAML file of the draft' })
  @IsString()
  @MaxLength(NAME_MAX)
  file!: string;
  @ApiProperty({ maxLength: NAME_MAX, description: 'Id of a block, or `head`' })
  @IsString()
  @MaxLength(NAME_MAX)
  part!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
    description:
      'Texts by name: `t:` a text, `n:` a number, `b:` true or false, `l:` a list, `s:` some of several, then the path inside the part, as `t:/title/fr`',
  })
  @IsObject()
  fields!: Record<string, string | string[]>;
}

export class DraftSourceDto {
  @ApiProperty({ maxLength: NAME_MAX })
  @IsString()
  @MaxLength(NAME_MAX)
  file!: string;
  @ApiProperty({ maxLength: TEXT_MAX, description: 'The whole YAML file' })
  @IsString()
  @MaxLength(TEXT_MAX)
  text!: string;
}

export class DraftPreviewDto {
  @ApiProperty({ description: 'Name of the field' })
  name!: string;
  @ApiProperty({ description: 'Its Markdown as HTML' })
  html!: string;
}

export class DraftSavedDto {
  @ApiProperty()
  revision!: number;
  @ApiProperty({ type: [DraftPreviewDto] })
  previews!: DraftPreviewDto[];
}

export class DraftPublishDto {
  @ApiPropertyOptional({ description: 'Publish over a version that came since the draft was begun' })
  @IsOptional()
  @IsBoolean()
  over?: boolean;
}

export class DraftPublishedDto {
  @ApiProperty({ description: 'Number of the published version' })
  version!: number;
}

export class DraftRestoreDto {
  @ApiProperty({ minimum: 1 })
  @IsInt()
  @Min(1)
  revision!: number;
}
