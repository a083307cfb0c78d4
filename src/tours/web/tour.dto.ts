import { ApiProperty } from '@nestjs/swagger';
import { CampaignRefDto, SessionDto, TrainerDto } from './session.dto.js';
import { NamedDto } from '../../campaigns/public.js';

export class TeamDto {
  @ApiProperty({ format: 'uuid', description: "Also the id of the team's kit" })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Slug of the city where its road begins and ends',
  })
  home!: string | null;

  @ApiProperty({ type: [TrainerDto] })
  trainers!: TrainerDto[];
}

export class StopDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  tourId!: string;

  @ApiProperty({ format: 'uuid' })
  teamId!: string;

  @ApiProperty({ type: NamedDto })
  city!: NamedDto;

  @ApiProperty({ format: 'date' })
  localDate!: string;
}

export class StopWithSessionsDto extends StopDto {
  @ApiProperty({ type: [SessionDto] })
  sessions!: SessionDto[];
}

export class TourRefDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: CampaignRefDto })
  campaign!: CampaignRefDto;
}

export class TourDto extends TourRefDto {
  @ApiProperty({ type: [TeamDto] })
  teams!: TeamDto[];

  @ApiProperty({ type: [StopWithSessionsDto] })
  stops!: StopWithSessionsDto[];
}

export class TourListDto {
  @ApiProperty({ type: [TourRefDto] })
  items!: TourRefDto[];

  @ApiProperty({ type: 'string', nullable: true })
  next!: string | null;
}

export class RoomDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: 'integer' })
  capacity!: number;
}

export class VenueWithRoomsDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  city!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  landmark!: string;

  @ApiProperty()
  wheelchair!: boolean;

  @ApiProperty({ type: [RoomDto] })
  rooms!: RoomDto[];
}

export class VenueListDto {
  @ApiProperty({ type: [VenueWithRoomsDto] })
  items!: VenueWithRoomsDto[];

  @ApiProperty({ type: 'string', nullable: true })
  next!: string | null;
}

export class TrainerListDto {
  @ApiProperty({ type: [TrainerDto] })
  items!: TrainerDto[];

  @ApiProperty({ type: 'string', nullable: true })
  next!: string | null;
}
