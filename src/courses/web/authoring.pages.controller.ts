import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CourseAuthorQuery } from '../authoring/course-author.query.js';
import { CourseDraftService } from '../authoring/course-draft.service.js';
import { DraftOutline } from '../authoring/draft-outline.service.js';
import { NewCourses } from '../authoring/new-course.service.js';
import { NEW_BLOCKS } from '../authoring/new-parts.js';
import { Author, type AuthorRequest } from './author-request.js';
import { formErrors } from './authoring.presenter.js';
import { presentAuthored, presentOutline } from './outline.presenter.js';

/** Courses that one may write, and the outline of each: modules and blocks in their order. */
@Controller('staff/courses')
export class AuthoringPagesController {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly drafts: CourseDraftService,
    private readonly outline: DraftOutline,
    private readonly newCourses: NewCourses,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'trainer')
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
  ): Promise<void> {
    await this.sendList(request, reply, actor);
  }

  @Post()
  @ForRoles('admin', 'manager')
  async create(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Body() body: FormBody,
  ): Promise<void> {
    const slug = formText(body, 'slug').trim();
    try {
      await this.newCourses.begin(actor, slug, {
        fr: formText(body, 'title-fr').trim(),
        ar: formText(body, 'title-ar').trim(),
      });
      await this.pages.redirect(reply, `/staff/courses/${slug}`, {
        kind: 'success',
        key: 'courses:list.created',
      });
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      await this.sendList(request, reply, actor, { body, error });
    }
  }

  @Get(':course')
  @ForRoles('admin', 'manager', 'trainer')
  async show(@Res() reply: FastifyReply, @Author() author: AuthorRequest): Promise<void> {
    await this.sendOutline(reply, author);
  }

  /** `op` says what: add, remove or move a module or block, drop the draft, take or drop the files that came. */
  @Post(':course')
  @ForRoles('admin', 'manager', 'trainer')
  async change(
    @Res() reply: FastifyReply,
    @Author() author: AuthorRequest,
    @Body() body: FormBody,
  ): Promise<void> {
    try {
      await this.pages.redirect(reply, await this.apply(author, body));
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      await this.sendOutline(reply, author, { body, error });
    }
  }

  /** @returns where to go on */
  private async apply({ actor, course, home }: AuthorRequest, body: FormBody): Promise<string> {
    const [module, name] = [formText(body, 'module'), formText(body, 'name')];
    const at = { revision: Number(formText(body, 'revision')), ...(module === '' ? {} : { module }) };
    const hash = module === '' ? '' : `#${module}`;
    switch (formText(body, 'op')) {
      case 'open':
        await this.drafts.open(actor, course);
        return home;
      case 'discard':
        await this.drafts.discard(actor, course);
        return '/staff/courses';
      case 'take-files':
        await this.drafts.takePending(actor, course);
        return home;
      case 'drop-files':
        await this.drafts.dropPending(actor, course);
        return home;
      case 'move':
        await this.outline.move(actor, course, at, name, Number(formText(body, 'by')));
        return `${home}${hash}`;
      case 'remove-block':
        await this.outline.removeBlock(actor, course, at, name);
        return `${home}${hash}`;
      case 'remove-module':
        await this.outline.removeModule(actor, course, { revision: at.revision }, name);
        return home;
      case 'add-test':
        await this.outline.setTest(actor, course, at, {
          fr: t('fr', 'courses:new.test'),
          ar: t('ar', 'courses:new.test'),
        });
        return `${home}/parts/test/head`;
      case 'remove-test':
        await this.outline.setTest(actor, course, at, null);
        return home;
      case 'add-block': {
        const kind = NEW_BLOCKS.find((known) => known === formText(body, 'kind')) ?? 'card';
        return `${home}/parts/${module}/${await this.outline.addBlock(actor, course, at, kind)}`;
      }
      default: {
        const title = { fr: formText(body, 'title-fr').trim(), ar: formText(body, 'title-ar').trim() };
        await this.outline.addModule(
          actor,
          course,
          { revision: at.revision },
          formText(body, 'slug').trim(),
          title,
        );
        return home;
      }
    }
  }

  private async sendList(
    { locale }: FastifyRequest,
    reply: FastifyReply,
    actor: StaffActor,
    refused?: { body: FormBody; error: InvalidFields },
  ): Promise<void> {
    const courses = await this.courses.list(actor);
    const model = {
      courses: courses.map((course) => presentAuthored(course, locale)),
      mayCreate: actor.grants.some(({ role }) => role === 'admin' || role === 'manager'),
      action: `/${locale}/staff/courses`,
      ...newFields(refused, locale),
    };
    const send = refused ? this.pages.refuse : this.pages.send;
    await send.call(
      this.pages,
      reply,
      'courses/web/views/author-courses.hbs',
      { title: t(locale, 'courses:list.title') },
      model,
    );
  }

  private async sendOutline(
    reply: FastifyReply,
    { actor, course, locale }: AuthorRequest,
    refused?: { body: FormBody; error: InvalidFields },
  ): Promise<void> {
    const view = 'courses/web/views/author-course.hbs';
    const head = presentAuthored(course, locale);
    if (!course.draft) return this.pages.send(reply, view, { title: head.title }, { course: head });
    const draft = await this.drafts.open(actor, course);
    const reading = await this.drafts.read(course, draft.files);
    const model = {
      course: head,
      revision: draft.revision,
      ...presentOutline(course, reading, locale),
      ...newFields(refused, locale),
    };
    const options = { title: head.title, scripts: ['author-outline.js'] };
    await (refused ? this.pages.refuse : this.pages.send).call(this.pages, reply, view, options, model);
  }
}

/** The form of a new course or module: what was typed, and what is wrong with it. */
function newFields(
  refused: { body: FormBody; error: InvalidFields } | undefined,
  locale: FastifyRequest['locale'],
): object {
  const text = (name: string): string => formText(refused?.body, name);
  const errors = refused ? formErrors(refused.error, locale) : [];
  const of = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  return {
    errors,
    fresh: {
      slug: { value: text('slug'), error: of('slug') },
      fr: { value: text('title-fr'), error: of('title-fr') },
      ar: { value: text('title-ar'), error: of('title-ar') },
    },
  };
}
