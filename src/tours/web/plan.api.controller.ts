import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { LanguageDto } from '../../shared/paging/list.dto.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { PlanSaving } from '../plans/plan-saving.service.js';
import { PlanService } from '../plans/plan.service.js';
import { PlanViews } from '../plans/plan-view.service.js';
import { WORKING_WEEK, type WantedPlan } from '../plans/wanted-plan.js';
import { TourQuery } from '../tour.query.js';
import { TourService } from '../tour.service.js';
import { AdjustedPlanDto, NewPlanDto, NewTourDto, PlanDto, SavedPlanDto, SavePlanDto } from './plan.dto.js';
import { presentPlan } from './plan.presenter.js';
import { sayingClashes } from './session.api.controller.js';
import { TourDto } from './tour.dto.js';
import { presentTour } from './tour.presenter.js';

const PLANNERS = ['admin', 'manager', 'coordinator'] as const;

/** What is left out takes its usual value. */
export function wantedOf({ from, to, weekdays, holidays, without, stops }: NewPlanDto): WantedPlan {
  return {
    ...{ from, to, weekdays: weekdays ?? WORKING_WEEK, holidays: holidays ?? false, without: without ?? [] },
    stops: stops.map(({ city, halfDays = 2, earliest, latest, teamId }) => ({
      ...{ city, halfDays },
      ...(earliest ? { earliest } : {}),
      ...(latest ? { latest } : {}),
      ...(teamId ? { teamId } : {}),
    })),
  };
}

/** Tours and the plans from which their stops are made. */
@ApiTags('tours')
@Controller('api/v1')
export class PlanApiController {
  constructor(
    private readonly tours: TourQuery,
    private readonly making: TourService,
    private readonly plans: PlanService,
    private readonly views: PlanViews,
    private readonly saving: PlanSaving,
  ) {}

  @Post('campaigns/:campaign/tours')
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Make a tour with its teams' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiCreatedResponse({ type: TourDto })
  @ApiNotFoundResponse({ description: "No such campaign, or somebody else's" })
  @ApiUnprocessableEntityResponse({ description: 'No team, an unknown city, a trainer in two teams, …' })
  async make(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') campaign: string,
    @Body() body: NewTourDto,
  ): Promise<TourDto | undefined> {
    const id = await this.making.create(actor, campaign, body);
    const tour = await this.tours.tour(id);
    const teams = await this.tours.teams(id);
    return tour && presentTour(tour, { teams, stops: [], sessions: [] }, answerLanguage(request));
  }

  @Post('tours/:tour/plans')
  @HttpCode(202)
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Ask for a plan with the least driving, then the fewest nights' })
  @ApiAcceptedResponse({ type: PlanDto })
  @ApiNotFoundResponse({ description: "No such tour, or somebody else's" })
  @ApiUnprocessableEntityResponse({ description: 'A city, date or length that is none; no working day' })
  async ask(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') tour: string,
    @Body() body: NewPlanDto,
  ): Promise<PlanDto> {
    return this.present(request, actor, await this.plans.request(actor, tour, wantedOf(body)));
  }

  @Get('plans/:plan')
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'A plan: days and teams, minutes and nights, and the stops that have no place' })
  @ApiOkResponse({ type: PlanDto })
  @ApiNotFoundResponse({ description: "No such plan, or somebody else's" })
  async one(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('plan') id: string,
    @Query() _: LanguageDto,
  ): Promise<PlanDto> {
    return this.present(request, actor, id);
  }

  @Patch('plans/:plan')
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Put stops elsewhere by hand' })
  @ApiOkResponse({ type: PlanDto, description: 'With `faults` where a stop cannot be where it was put' })
  @ApiNotFoundResponse({ description: "No such plan, or somebody else's" })
  @ApiConflictResponse({ description: '`plan-looking`, `plan-saved` or `plan-changed`' })
  @ApiUnprocessableEntityResponse({ description: 'An unknown stop or team' })
  async adjust(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('plan') id: string,
    @Body() { revision, placements }: AdjustedPlanDto,
  ): Promise<PlanDto> {
    const placed = placements.map(({ stop, ...rest }) => ({ id: stop, ...rest }));
    await this.plans.adjust(actor, id, revision, placed);
    return this.present(request, actor, id);
  }

  @Post('plans/:plan/save')
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Make the stops of a plan, and a session at each where asked: all or none' })
  @ApiCreatedResponse({ type: SavedPlanDto })
  @ApiNotFoundResponse({ description: "No such plan, or somebody else's" })
  @ApiConflictResponse({
    description:
      'Taken (`clashes`), to be passed with a reason (`soft`), `plan-faulty`, `plan-saved`, `plan-changed`',
  })
  @ApiUnprocessableEntityResponse({ description: 'A field is wrong' })
  async save(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('plan') id: string,
    @Body() { revision, sessions }: SavePlanDto,
  ): Promise<SavedPlanDto> {
    return sayingClashes(request, () => this.saving.save(actor, id, revision, sessions));
  }

  private async present(request: FastifyRequest, actor: StaffActor, id: string): Promise<PlanDto> {
    const names = new Map((await this.tours.cities()).map(({ slug, name }) => [slug, name]));
    return presentPlan(
      await this.views.of(await this.plans.planFor(actor, id)),
      names,
      answerLanguage(request),
    );
  }
}
