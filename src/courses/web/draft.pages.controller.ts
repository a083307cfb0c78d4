import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { DraftConflict, DraftOutdated } from '../authoring/authoring.errors.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { CourseDraftService } from '../authoring/course-draft.service.js';
import type { Revision } from '../authoring/course-draft.store.js';
import { DraftPictures } from '../authoring/draft-pictures.service.js';
import type { DraftFinding } from '../authoring/draft-finding.js';
import { DraftPublisher } from '../authoring/draft-publish.service.js';
import { WHOLE } from '../authoring/draft-part.js';
import { attachmentHeaders } from './attachment-headers.js';
import { Author, type AuthorRequest } from './author-request.js';
import { presentFinding } from './authoring.presenter.js';
import { byteRangeOf } from '../../shared/web/byte-range.js';
import { mediaTypeOf } from './media-type.js';
import { hrefOfFinding, presentAuthored, ZONE } from './outline.presenter.js';

/** A draft as a whole: its history, its files as source, the frame of its preview, and its publication. */
@Controller('staff/courses/:course')
export class DraftPagesController {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly pictures: DraftPictures,
    private readonly publisher: DraftPublisher,
    private readonly pages: PageRenderer,
  ) {}

  @Get('history')
  @ForRoles('admin', 'manager', 'trainer')
  async history(
    @Res() reply: FastifyReply,
    @Author() { course, locale, home }: AuthorRequest,
    @Query('before') before?: string,
  ): Promise<void> {
    const rows = await this.drafts.history(
      course,
      /^\d{1,9}$/.test(before ?? '') ? Number(before) : undefined,
    );
    const last = rows.at(-1)?.number ?? 1;
    const base = `/${locale}${home}`;
    const model = {
      course: presentAuthored(course, locale),
      action: `${base}/restore`,
      revisions: rows.map((row) => presentRevision(row, course, locale)),
      ...(last > 1 ? { olderHref: `${base}/history?before=${last}` } : {}),
    };
    await this.pages.send(
      reply,
      'courses/web/views/author-history.hbs',
      { title: t(locale, 'courses:history.title') },
      model,
    );
  }

  @Post('restore')
  @ForRoles('admin', 'manager', 'trainer')
  async restore(
    @Res() reply: FastifyReply,
    @Author() { actor, course, home }: AuthorRequest,
    @Body() body: FormBody,
  ): Promise<void> {
    const number = Number(formText(body, 'revision'));
    await this.drafts.restore(actor, course, number);
    await this.pages.redirect(reply, home, {
      kind: 'success',
      key: 'courses:history.restored',
      params: { number },
    });
  }

  @Get('publish')
  @ForRoles('admin', 'manager', 'trainer')
  async check(@Res() reply: FastifyReply, @Author() { course }: AuthorRequest): Promise<void> {
    await this.sendCheck(reply, course, 200);
  }

  @Post('publish')
  @ForRoles('admin', 'manager')
  async publish(
    @Res() reply: FastifyReply,
    @Author() { actor, course }: AuthorRequest,
    @Body() body: FormBody,
  ): Promise<void> {
    if (!course.mayPublish) throw new NotFound('course');
    try {
      await this.publisher.publish(actor, course, formText(body, 'over') === '1');
      await this.pages.redirect(reply, '/staff/courses', { kind: 'success', key: 'courses:publish.done' });
    } catch (error) {
      if (!(error instanceof InvalidFields) && !(error instanceof DraftOutdated)) throw error;
      await this.sendCheck(reply, course, error instanceof InvalidFields ? 422 : 409);
    }
  }

  @Get('source')
  @ForRoles('admin', 'manager', 'trainer')
  async source(
    @Res() reply: FastifyReply,
    @Author() { actor, course }: AuthorRequest,
    @Query('file') file = 'course.yaml',
  ): Promise<void> {
    const draft = await this.drafts.open(actor, course);
    const text = await this.drafts.textOf(draft, file);
    await this.sendSource(reply, course, {
      file,
      text,
      revision: draft.revision,
      files: yamlOf(draft.files),
    });
  }

  @Post('source')
  @ForRoles('admin', 'manager', 'trainer')
  async saveSource(
    @Res() reply: FastifyReply,
    @Author() { actor, course, home }: AuthorRequest,
    @Body() body: FormBody,
  ): Promise<void> {
    const [file, text] = [formText(body, 'file'), formText(body, 'source').replaceAll('\r\n', '\n')];
    const revision = Number(formText(body, 'revision'));
    try {
      await this.drafts.edit(actor, course, {
        file,
        part: WHOLE,
        revision,
        apply: (each) => each.replace(text),
      });
      const flash = { kind: 'success' as const, key: 'courses:part.saved' };
      await this.pages.redirect(reply, `${home}/source?file=${encodeURIComponent(file)}`, flash);
    } catch (error) {
      if (!(error instanceof InvalidFields) && !(error instanceof DraftConflict)) throw error;
      const { files, revision: now } = await this.drafts.open(actor, course);
      const common = { file, text, files: yamlOf(files) };
      if (error instanceof DraftConflict)
        await this.sendSource(
          reply,
          course,
          { ...common, revision: now, theirs: error.conflict.theirs },
          error,
        );
      else await this.sendSource(reply, course, { ...common, revision }, error);
    }
  }

  @Get('preview/:module')
  @ForRoles('admin', 'manager', 'trainer')
  async preview(
    @Res() reply: FastifyReply,
    @Author() { course, locale, home }: AuthorRequest,
    @Param('module') module: string,
  ): Promise<void> {
    const model = {
      course: presentAuthored(course, locale),
      backHref: `/${locale}${home}#${module}`,
      frames: (['fr', 'ar'] as const).map((lang) => ({
        title: t(locale, 'courses:preview.frame', { language: t(locale, `courses:language.${lang}`) }),
        src: `/${lang}${home}/lesson/${encodeURIComponent(module)}`,
      })),
    };
    await this.pages.send(
      reply,
      'courses/web/views/author-preview.hbs',
      { title: t(locale, 'courses:preview.title') },
      model,
    );
  }

  @Get('draft-files/*')
  @ForRoles('admin', 'manager', 'trainer')
  async file(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Author() { course }: AuthorRequest,
  ): Promise<void> {
    const path = (request.params as { '*': string })['*'];
    const content = await this.pictures.read(course, path);
    void reply.header('cache-control', 'private, no-store').headers(attachmentHeaders(path));
    const range = byteRangeOf(request.headers.range, content.length);
    if (typeof range === 'string') return void (await reply.type(mediaTypeOf(path)).send(content));
    // Some browsers play nothing that they cannot ask for in parts.
    const { start, end } = range;
    void reply.status(206).header('content-range', `bytes ${start}-${end}/${content.length}`);
    await reply.type(mediaTypeOf(path)).send(content.subarray(start, end + 1));
  }

  private async sendCheck(reply: FastifyReply, course: AuthoredCourse, status: number): Promise<void> {
    const { locale } = reply.request;
    const { findings, warnings, changes, outdatedBy } = await this.publisher.check(course);
    const show = (finding: DraftFinding) => ({
      ...presentFinding(finding, locale),
      href: hrefOfFinding(course, finding, locale),
    });
    const model = {
      course: presentAuthored(course, locale),
      action: `/${locale}/staff/courses/${course.slug}/publish`,
      findings: findings.slice(0, 200).map(show),
      warnings: warnings.slice(0, 50).map(show),
      changes: changes.length,
      outdatedBy,
      mayPublish: course.mayPublish && findings.length === 0,
    };
    const title = t(locale, 'courses:publish.title');
    await this.pages.send(reply.status(status), 'courses/web/views/author-publish.hbs', { title }, model);
  }

  private async sendSource(
    reply: FastifyReply,
    course: AuthoredCourse,
    model: { file: string; text: string; revision: number; files: string[]; theirs?: string },
    error?: DomainError,
  ): Promise<void> {
    const { locale } = reply.request;
    const errors =
      error instanceof InvalidFields ? error.errors.map((each) => sourceError(each, locale)) : [];
    const all = {
      ...model,
      ...{
        course: presentAuthored(course, locale),
        action: `/${locale}/staff/courses/${course.slug}/source`,
        errors,
      },
      error: errors[0]?.text,
    };
    const status = error instanceof DraftConflict ? 409 : error ? 422 : 200;
    const title = t(locale, 'courses:source.title');
    await this.pages.send(reply.status(status), 'courses/web/views/author-source.hbs', { title }, all);
  }
}

function yamlOf(files: object): string[] {
  return Object.keys(files).filter((path) => path.endsWith('.yaml'));
}

/** An error in a whole file names its line. */
function sourceError(
  error: InvalidFields['errors'][number],
  locale: Locale,
): { field: string; text: string } {
  const line = t(locale, 'courses:source.line', { line: String(error.params?.['line'] ?? 1) });
  return { field: 'source', text: `${line} ${fieldDetail(locale, error)}` };
}

function presentRevision(
  { number, kind, author, at, file, part, kept }: Revision,
  course: AuthoredCourse,
  locale: Locale,
) {
  const place = [file?.replace('/module.yaml', ''), part].filter(Boolean).join(' · ');
  return {
    number,
    what: t(locale, `courses:history.kind.${kind}`, { place }),
    when: formatInstant(at, ZONE, locale),
    author: author ?? '',
    kept,
    isNow: number === course.draft?.revision,
  };
}
