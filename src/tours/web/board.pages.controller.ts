import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { BoardQuery } from '../board.query.js';
import { TourQuery } from '../tour.query.js';
import { BOARD_LINES, presentBoard } from './board.presenter.js';
import { PlanningChoices } from './tour-planning.js';

/** The board of a tour. */
@ApiExcludeController()
@Controller('staff/tours')
export class BoardPagesController {
  constructor(
    private readonly reads: PlanningChoices,
    private readonly boards: BoardQuery,
    private readonly tours: TourQuery,
    private readonly pages: PageRenderer,
  ) {}

  @Get(':tour')
  @ForRoles('admin', 'manager', 'coordinator')
  async one(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Query('by') wanted: unknown,
  ): Promise<void> {
    const board = await this.boards.of(await this.reads.tour(actor, id));
    const names = new Map((await this.tours.cities()).map(({ slug, name }) => [slug, name]));
    const by = BOARD_LINES.find((line) => line === wanted) ?? 'team';
    const model = presentBoard(board, names, by, locale);
    const options = { title: model.title, scripts: ['board.js'] };
    await this.pages.send(reply, 'tours/web/views/board.hbs', options, { board: model });
  }
}
