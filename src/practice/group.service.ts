import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { SessionQuery, type SessionRow } from '../tours/public.js';
import type { Exercise, Scenario } from './engine/scenario.js';
import { maySeeGroup } from './practice.policy.js';
import { ScenarioShelf } from './scenario-shelf.service.js';
import { ShopQuery } from './shop.query.js';
import type { OpenShop } from './open-shop.js';
import { ShopService } from './shop.service.js';

/** Where a group stands in one exercise; counts of people. */
export interface ExerciseCount {
  readonly exercise: Exercise;
  readonly done: number;
  readonly open: number;
  readonly wrong: number;
  /** By id of the wrong path they are on, most first. */
  readonly paths: readonly { readonly id: string; readonly people: number }[];
}

export interface ScenarioCount {
  readonly scenario: Scenario;
  /** People who opened the shop. */
  readonly players: number;
  readonly exercises: readonly ExerciseCount[];
}

/** Where the people of a session are stuck. */
export interface GroupProgress {
  readonly session: SessionRow;
  readonly seats: number;
  readonly scenarios: readonly ScenarioCount[];
}

/** What a trainer sees of a group: counts, never a name. */
@Injectable()
export class GroupService {
  constructor(
    private readonly sessions: SessionQuery,
    private readonly shops: ShopQuery,
    private readonly service: ShopService,
    private readonly shelf: ScenarioShelf,
  ) {}

  /** @throws NotFound also for somebody else's session */
  async of(actor: Actor, sessionId: string): Promise<GroupProgress> {
    const session = await this.sessions.get(sessionId);
    if (!maySeeGroup(actor, session)) throw new NotFound('session');
    const seats = await this.shops.seats(session.id);
    const shops: OpenShop[] = [];
    for (const row of await this.shops.group(session.id)) shops.push(await this.service.interpret(row));
    const scenarios = this.shelf.all().map(({ scenario }) => {
      const players = shops.filter(({ row }) => row.scenarioSlug === scenario.slug);
      return {
        scenario,
        players: players.length,
        exercises: scenario.exercises.map((one) => count(one, players)),
      };
    });
    return { session, seats, scenarios };
  }
}

function count(exercise: Exercise, shops: readonly OpenShop[]): ExerciseCount {
  const results = shops.flatMap(({ score }) =>
    score.exercises.filter((one) => one.exercise.id === exercise.id),
  );
  const inState = (state: string): number => results.filter((one) => one.state === state).length;
  const paths = exercise.wrong
    .map(({ id }) => ({
      id,
      people: results.filter(({ state, path }) => state === 'wrong' && path?.id === id).length,
    }))
    .filter(({ people }) => people > 0)
    .sort((a, b) => b.people - a.people);
  return { exercise, done: inState('done'), open: inState('open'), wrong: inState('wrong'), paths };
}
