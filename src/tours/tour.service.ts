import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { type FieldError, InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { newId } from '../shared/new-id.js';
import { CampaignQuery, type CampaignRow, mayManage } from '../campaigns/public.js';
import { MAX_TEAMS } from './planner/problem.js';
import { TourQuery } from './tour.query.js';

/** A team as a coordinator gives it. */
export interface NewTeam {
  name: string;
  /** City where its road begins and ends. */
  home?: string | null | undefined;
  trainerIds: readonly string[];
}

/** Trainers who are to be put into teams. */
export interface TrainerPool {
  trainerIds: readonly string[];
  /** Trainers of one team. */
  size: number;
  home?: string | null | undefined;
}

export interface NewTour {
  name: { fr: string; ar: string };
  teams: readonly NewTeam[];
  pool?: TrainerPool | undefined;
}

const MAX_NAME = 120;
const MAX_TEAM_NAME = 40;

const INSERT_TOUR = `
  INSERT INTO tour (id, organisation_id, campaign_id, name_fr, name_ar) VALUES ($1, $2, $3, $4, $5)`;
const INSERT_TEAM = `INSERT INTO team (id, tour_id, name, home_city) VALUES ($1, $2, $3, $4)`;
const INSERT_TRAINERS = `
  INSERT INTO team_trainer (team_id, account_id) SELECT $1, account_id FROM unnest($2::uuid[]) AS given (account_id)`;

/** The teams of a pool: so many trainers each, in the order given; whoever is too few for a team stays out. */
export function teamsOfPool({ trainerIds, size, home }: TrainerPool): NewTeam[] {
  return Array.from({ length: Math.floor(trainerIds.length / size) }, (_, i) => ({
    name: String(i + 1),
    home,
    trainerIds: trainerIds.slice(i * size, (i + 1) * size),
  }));
}

/** Makes tours with their teams. */
@Injectable()
export class TourService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly campaigns: CampaignQuery,
    private readonly tours: TourQuery,
  ) {}

  /** A campaign whose tours the actor may make. @throws NotFound also when it is somebody else's */
  async campaignFor(actor: Actor, key: string): Promise<CampaignRow> {
    const campaign = await this.campaigns.get(key);
    const scope = { campaignId: campaign.id, organisationId: campaign.organisationId };
    if (!mayManage(actor.grants, scope)) throw new NotFound('campaign');
    return campaign;
  }

  /**
   * @returns the id of the new tour
   * @throws NotFound, InvalidFields
   */
  async create(actor: Actor, campaignKey: string, given: NewTour): Promise<string> {
    const campaign = await this.campaignFor(actor, campaignKey);
    const poolFaults = poolErrors(given.pool);
    const pooled = given.pool && poolFaults.length === 0 ? teamsOfPool(given.pool) : [];
    const teams = [...given.teams, ...pooled];
    const scope = { campaignId: campaign.id, organisationId: campaign.organisationId };
    const known = new Set((await this.tours.trainers(scope, this.clock.now())).map(({ id }) => id));
    const cities = new Set((await this.tours.cities()).map(({ slug }) => slug));
    const errors = [
      ...nameErrors(given),
      ...poolFaults,
      ...(poolFaults.length > 0 ? [] : teamErrors(teams, known, cities)),
    ];
    if (errors.length > 0) throw new InvalidFields(errors);
    const id = newId();
    await this.db.transaction(async () => {
      const { organisationId } = campaign;
      const name = [given.name.fr.trim(), given.name.ar.trim()];
      await this.db.write('tour.insert', INSERT_TOUR, [id, organisationId, campaign.id, ...name]);
      for (const team of teams) {
        const teamId = newId();
        await this.db.write('tour.insertTeam', INSERT_TEAM, [
          teamId,
          id,
          team.name.trim(),
          team.home ?? null,
        ]);
        await this.db.write('tour.insertTrainers', INSERT_TRAINERS, [teamId, team.trainerIds]);
      }
      const trainers = teams.reduce((sum, { trainerIds }) => sum + trainerIds.length, 0);
      const subject = { subjectKind: 'tour', subjectId: id, organisationId };
      await this.audit.record(actor, {
        action: 'tours.tour.create',
        ...subject,
        facts: { teams: teams.length, trainers },
      });
    });
    return id;
  }
}

function nameErrors({ name }: NewTour): FieldError[] {
  return (['fr', 'ar'] as const).flatMap((language): FieldError[] => {
    const text = name[language];
    const pointer = `/name/${language}`;
    if (text.trim() === '') return [{ pointer, code: 'required' }];
    if (text.includes('\0')) return [{ pointer, code: 'not-unicode' }];
    return text.length > MAX_NAME ? [{ pointer, code: 'too-long', params: { max: MAX_NAME } }] : [];
  });
}

function poolErrors(pool: TrainerPool | undefined): FieldError[] {
  if (!pool) return [];
  if (!Number.isInteger(pool.size) || pool.size < 1)
    return [{ pointer: '/pool/size', code: 'too-small', params: { min: 1 } }];
  if (pool.trainerIds.length < pool.size)
    return [{ pointer: '/pool/trainerIds', code: 'pool-too-small', params: { min: pool.size } }];
  return [];
}

function teamErrors(
  teams: readonly NewTeam[],
  trainers: ReadonlySet<string>,
  cities: ReadonlySet<string>,
): FieldError[] {
  if (teams.length === 0) return [{ pointer: '/teams', code: 'required' }];
  if (teams.length > MAX_TEAMS) return [{ pointer: '/teams', code: 'too-many', params: { max: MAX_TEAMS } }];
  const names = new Set<string>();
  const taken = new Set<string>();
  return teams.flatMap(({ name, home, trainerIds }, i) => {
    const errors: FieldError[] = [];
    const add = (field: string, code: string, params = {}) =>
      errors.push({ pointer: `/teams/${i}/${field}`, code, params });
    const text = name.trim();
    if (text === '') add('name', 'required');
    else if (text.includes('\0')) add('name', 'not-unicode');
    else if (text.length > MAX_TEAM_NAME) add('name', 'too-long', { max: MAX_TEAM_NAME });
    else if (names.has(text)) add('name', 'repeated');
    if (typeof home === 'string' && !cities.has(home)) add('home', 'city-unknown');
    if (trainerIds.some((id) => !trainers.has(id))) add('trainerIds', 'not-a-choice');
    // Nobody is in two places: a trainer travels with one team.
    else if (new Set(trainerIds).size < trainerIds.length || trainerIds.some((id) => taken.has(id)))
      add('trainerIds', 'repeated');
    names.add(text);
    trainerIds.forEach((id) => taken.add(id));
    return errors;
  });
}
