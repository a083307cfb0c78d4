import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import { isUuid } from '../shared/new-id.js';
import { TourQuery } from './tour.query.js';
import type { UnitPlan } from './unit-plan.js';

/** Where a session stands, which decides what it may choose. */
export interface PlanContext {
  campaignId: string;
  organisationId: string;
  citySlug: string;
}

/** Checks what a session points at: its course, place, rooms, trainers and kit must be choices of its campaign and city. */
@Injectable()
export class SessionChoices {
  constructor(
    private readonly tours: TourQuery,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidFields when the campaign does not offer the course */
  async course(context: PlanContext, key: string): Promise<string> {
    const id = await this.tours.courseId(context.campaignId, key);
    if (!id) throw new InvalidFields([{ pointer: '/course', code: 'not-a-choice' }]);
    return id;
  }

  /**
   * The venue of a session: the given one, else that of its rooms.
   *
   * @throws InvalidFields when a room, venue, trainer or kit item is unknown or elsewhere
   */
  async place(
    context: PlanContext,
    units: readonly UnitPlan[],
    venueId: string | null | undefined,
  ): Promise<string | null> {
    const errors: FieldError[] = [];
    const roomIds = units.flatMap(({ roomId }) => (roomId ? [roomId] : []));
    const rooms = new Map((await this.tours.rooms(roomIds.filter(isUuid))).map((room) => [room.id, room]));
    const trainers = new Set((await this.tours.trainers(context, this.clock.now())).map(({ id }) => id));
    const kits = new Set(
      await this.tours.kits(units.flatMap(({ kitIds }) => kitIds).filter(isUuid), context.campaignId),
    );
    units.forEach((unit, i) => {
      const room = unit.roomId ? rooms.get(unit.roomId) : undefined;
      if (unit.roomId && !room) errors.push({ pointer: `/units/${i}/roomId`, code: 'not-a-choice' });
      if (room && room.citySlug !== context.citySlug)
        errors.push({ pointer: `/units/${i}/roomId`, code: 'room-in-another-city' });
      if (unit.trainerIds.some((id) => !trainers.has(id)))
        errors.push({ pointer: `/units/${i}/trainerIds`, code: 'not-a-choice' });
      if (unit.kitIds.some((id) => !kits.has(id)))
        errors.push({ pointer: `/units/${i}/kitIds`, code: 'not-a-choice' });
    });
    if (venueId) {
      const city = isUuid(venueId) ? await this.tours.venueCity(venueId) : undefined;
      if (!city) errors.push({ pointer: '/venueId', code: 'not-a-choice' });
      else if (city !== context.citySlug) errors.push({ pointer: '/venueId', code: 'room-in-another-city' });
    }
    if (errors.length > 0) throw new InvalidFields(errors);
    return venueId !== undefined ? venueId : ([...rooms.values()][0]?.venueId ?? null);
  }
}
