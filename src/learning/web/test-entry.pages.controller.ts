import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { TestItem } from '../../courses/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { type FieldError, InvalidFields } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { letterOf } from '../answer-grid.js';
import { CourseTestService } from '../course-test.service.js';
import { type ListedPerson, TaughtSessionQuery } from '../taught-session.query.js';
import { TEACHING_ROLES } from '../teaching.policy.js';
import { TestEntryService } from '../test-entry.service.js';
import { TEST_PHASES } from '../test-phase.js';
import { titleOf } from './course.pages.presenter.js';
import { sessionLabel } from './figures.pages.presenter.js';
import { listedName } from './listed-name.js';

const VIEW = 'learning/web/views/test-entry.hbs';

/** What was typed and what is wrong with it. */
interface Typed {
  readonly phase: string;
  readonly lines: string;
  readonly errors: readonly FieldError[];
}

/** A test that was read aloud, written down as a grid: `7: A B C A D`, a line a person. */
@Controller('staff/sessions/:session/test')
export class TestEntryPagesController {
  constructor(
    private readonly tests: CourseTestService,
    private readonly entry: TestEntryService,
    private readonly sessions: TaughtSessionQuery,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles(...TEACHING_ROLES)
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    await this.send(reply, staff, id);
  }

  @Post()
  @ForRoles(...TEACHING_ROLES)
  async write(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const [phase, lines] = [formText(body, 'phase'), formText(body, 'lines')];
    try {
      const count = await this.entry.enter(staff, id, { phase: phase || undefined, lines });
      const { course } = await this.tests.current((await this.sessions.get(staff, id)).courseId);
      await this.pages.redirect(reply, `/staff/learning/${course.slug}/test`, {
        ...{ kind: 'success', key: 'learning:entry.done' },
        params: { count },
      });
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      await this.send(reply, staff, id, { phase, lines, errors: error.errors });
    }
  }

  private async send(reply: FastifyReply, staff: StaffActor, id: string, typed?: Typed): Promise<void> {
    const { locale } = reply.request;
    const session = await this.sessions.get(staff, id);
    const { course, test } = await this.tests.current(session.courseId);
    const example = `7: ${test.items.map(exampleLetter).join(' ')}`;
    const options = { title: `${t(locale, 'learning:entry.title')} – ${sessionLabel(session, locale)}` };
    const model = {
      backHref: `/${locale}/staff/learning/${course.slug}/test`,
      course: titleOf(course, locale),
      action: `/${locale}/staff/sessions/${session.sessionId}/test`,
      hint: t(locale, 'learning:entry.hint', { example }),
      phases: TEST_PHASES.map((value) => ({
        value,
        label: t(locale, value === 'pre' ? 'learning:test.before' : 'learning:test.after'),
        selected: typed?.phase === value,
      })),
      ...presentList(await this.sessions.roster(session.sessionId), locale),
      ...(typed ? presentTyped(typed, locale) : {}),
    };
    const send = typed ? this.pages.refuse : this.pages.send;
    await send.call(this.pages, reply, VIEW, options, model);
  }
}

/** Some letter that the item's card has. */
function exampleLetter(item: TestItem, index: number): string {
  return letterOf(index % (item.kind === 'boolean' ? 2 : item.choices.length));
}

function presentList(people: readonly ListedPerson[], locale: Locale): object {
  const columns = [
    { label: t(locale, 'learning:entry.number') },
    { label: t(locale, 'learning:entry.name') },
  ];
  const rows = people.map((one) => ({
    cells: [{ text: formatNumber(one.n, locale) }, { text: listedName(one, locale) }],
  }));
  return { columns, rows };
}

function presentTyped({ lines, errors }: Typed, locale: Locale): object {
  const said = errors.map((error) => {
    const [, line] = /^\/lines\/(\d+)$/.exec(error.pointer) ?? [];
    const where = line === undefined ? '' : `${t(locale, 'learning:entry.line', { n: Number(line) + 1 })} : `;
    return {
      field: error.pointer === '/phase' ? 'phase' : 'lines',
      text: `${where}${fieldDetail(locale, error)}`,
    };
  });
  const first = (field: string) => said.find((one) => one.field === field)?.text;
  return { typed: lines, errors: said, phaseError: first('phase'), linesError: first('lines') };
}
