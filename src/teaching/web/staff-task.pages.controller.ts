import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Catalogue, CatalogueService } from '../../courses/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { readCursor } from '../../shared/paging/cursor.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { LONGEST_REASON } from '../task.js';
import { TaskChanged, TaskDecided } from '../task.errors.js';
import { REVIEWING_ROLES, reviewReach } from '../task.policy.js';
import { TaskReviewQuery } from '../task-review.query.js';
import { TaskReviewService } from '../task-review.service.js';
import { readDecision } from './read-decision.js';
import { presentQueue, presentReviewPage } from './staff-task.presenter.js';
import { StaffTaskListDto } from './staff-task.dto.js';

const ONE = 'teaching/web/views/staff-task.hbs';

/** What was handed in: the queue, and one task to accept or return. */
@Controller('staff/tasks')
export class StaffTaskPagesController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly query: TaskReviewQuery,
    private readonly review: TaskReviewService,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles(...REVIEWING_ROLES)
  async queue(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Query() asked: StaffTaskListDto,
  ): Promise<void> {
    const { locale } = reply.request;
    const { course: slug = '', session = '', state = 'handed-in', cursor = '', limit } = asked;
    const catalogue = await this.catalogue.current();
    const reach = reviewReach(staff);
    const filter = {
      // A course that does not exist has no tasks; the page says so as for any other that has none.
      courseId: slug === '' ? undefined : (catalogue.course(slug)?.id ?? NOBODY),
      sessionId: session || undefined,
      state: state === 'all' ? undefined : state,
    };
    const { items, next } = await this.query.queue(reach, filter, readCursor(cursor), limit);
    const sessions = await this.query.sessions(reach);
    const chosen = { course: slug, session, state, cursor };
    const model = presentQueue({ catalogue, items, next, sessions, chosen }, locale);
    const title = t(locale, 'teaching:review.title');
    await this.pages.send(reply, 'teaching/web/views/staff-tasks.hbs', { title }, model);
  }

  @Get(':task')
  @ForRoles(...REVIEWING_ROLES)
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Param('task') id: string,
  ): Promise<void> {
    await this.send(reply, staff, id);
  }

  @Post(':task/decision')
  @ForRoles(...REVIEWING_ROLES)
  async decide(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Param('task') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const [handIn, decision, reason] = ['handIn', 'decision', 'reason'].map((name) =>
      formText(body, name),
    ) as [string, string, string];
    const { locale } = reply.request;
    try {
      await this.review.decide(staff, id, readDecision({ handIn, decision, reason }));
      await this.pages.redirect(reply, '/staff/tasks', {
        kind: 'success',
        key: `teaching:review.${decision}`,
      });
    } catch (error) {
      if (error instanceof InvalidFields) {
        const [first] = error.errors;
        const text = first ? fieldDetail(locale, first) : '';
        return this.send(reply, staff, id, { reason, error: text, status: 422 });
      }
      if (!(error instanceof TaskDecided || error instanceof TaskChanged)) throw error;
      const text = t(locale, `errors:${error.code}.detail`);
      await this.send(reply, staff, id, { reason, conflict: text, status: 409 });
    }
  }

  private async send(
    reply: FastifyReply,
    staff: StaffActor,
    id: string,
    refused: { reason?: string; error?: string; conflict?: string; status: number } = { status: 200 },
  ): Promise<void> {
    const { locale } = reply.request;
    const task = await this.review.get(staff, id);
    const catalogue: Catalogue = await this.catalogue.current();
    const { title, ...model } = presentReviewPage(catalogue, task, locale);
    const { status, ...said } = refused;
    const more = { ...said, longest: LONGEST_REASON };
    await this.pages.refuse(reply, ONE, { title }, { ...model, ...more }, status);
  }
}

/** An id that no course has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
