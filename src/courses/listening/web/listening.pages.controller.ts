import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../../shared/access/access-rule.js';
import type { StaffActor } from '../../../shared/access/actor.js';
import { CurrentStaff } from '../../../shared/access/current-actor.js';
import { NotFound } from '../../../shared/errors/domain-error.js';
import { t } from '../../../shared/i18n/i18n.js';
import type { FormBody } from '../../../shared/web/form-text.js';
import { pickText } from '../../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../../shared/web/page-renderer.js';
import { nameOfUpload, uploadsOf } from '../../../shared/web/upload-parser.js';
import { type ListeningLanguage, languageAsked } from '../../../shared/listening/listening-language.js';
import { SoundStudio } from '../../../shared/listening/sound-studio.service.js';
import { FOLDER_BYTES, folderOf } from '../../../shared/listening/recording-form.js';
import { languageTabs } from '../../../shared/listening/booth.presenter.js';
import { type AuthoredCourse, CourseAuthorQuery } from '../../authoring/course-author.query.js';
import { type CourseScript, CourseScripts } from '../course-script.service.js';
import { coverageOf } from '../coverage.js';
import { ListeningShelf } from '../listening-shelf.service.js';
import { type ImportOutcome, RecordingsImport } from '../recordings-import.service.js';
import type { SpokenUnit } from '../spoken-line.js';
import {
  listeningHref,
  presentHead,
  presentLines,
  presentOutcomes,
  presentOverview,
} from './listening.presenter.js';

/** What of a course is recorded: language by module, and the lines of a module with what is missing. */
@Controller('staff/courses/:course/listening')
export class ListeningPagesController {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly scripts: CourseScripts,
    private readonly shelf: ListeningShelf,
    private readonly imports: RecordingsImport,
    private readonly studio: SoundStudio,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'trainer')
  async overview(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('course') key: string,
  ): Promise<void> {
    const { locale } = reply.request;
    const course = await this.courses.get(actor, key);
    const script = await this.scripts.of(course);
    const states = await this.shelf.states(course.id, script.has);
    const model = {
      course: presentHead(course, locale),
      ...{ isDraft: script.isDraft, isReady: await this.studio.isReady() },
      ...presentOverview(course, coverageOf(script.units, states), locale),
    };
    const title = t(locale, 'courses:listening.overview.title');
    await this.pages.send(reply, 'courses/listening/web/views/overview.hbs', { title }, model);
  }

  @Get(':unit')
  @ForRoles('admin', 'manager', 'trainer')
  async unit(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() place: { course: string; unit: string },
    @Query('lang') lang?: string,
  ): Promise<void> {
    const course = await this.courses.get(actor, place.course);
    const script = await this.scripts.of(course);
    const unit = unitOf(script, place.unit);
    await this.sendUnit(reply, course, script, unit, languageAsked(lang));
  }

  /** Files named after the blocks, several at once. */
  @Post(':unit')
  @ForRolesUploading(FOLDER_BYTES, 'admin', 'manager', 'trainer')
  async take(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param() place: { course: string; unit: string },
    @Body() body: FormBody,
  ): Promise<void> {
    const course = await this.courses.get(actor, place.course);
    const script = await this.scripts.of(course);
    const unit = unitOf(script, place.unit);
    const { lang, speaker } = folderOf(body);
    const uploads = uploadsOf(body?.['sounds[]']);
    if (uploads.length === 0) return this.sendUnit(reply, course, script, unit, lang, []);
    const files = uploads.map((file) => ({ path: nameOfUpload(file), read: () => Promise.resolve(file) }));
    const outcomes = await this.imports.take(
      actor,
      course,
      { ...script, units: [unit] },
      { lang, speaker, files },
    );
    if (outcomes.some(({ error }) => error))
      return this.sendUnit(reply, course, script, unit, lang, outcomes);
    const flash = {
      kind: 'success' as const,
      key: 'courses:listening.import.done',
      params: { count: outcomes.length },
    };
    const here = `/staff/courses/${course.slug}/listening/${unit.folder}?lang=${lang}`;
    await this.pages.redirect(reply, here, flash);
  }

  private async sendUnit(
    reply: FastifyReply,
    course: AuthoredCourse,
    script: CourseScript,
    unit: SpokenUnit,
    lang: ListeningLanguage,
    outcomes?: readonly ImportOutcome[],
  ): Promise<void> {
    const { locale } = reply.request;
    const states = await this.shelf.states(course.id, script.has);
    const here = listeningHref(course, locale, unit.folder);
    const name = pickText(unit.title, locale).text || unit.folder;
    const model = {
      course: presentHead(course, locale),
      ...{ title: name, action: here, lang, isReady: await this.studio.isReady() },
      language: t(locale, `listening:language.${lang}`),
      tabs: languageTabs((each) => `${here}?lang=${each}`, lang, locale),
      lines: presentLines(course, unit, lang, states, locale),
      ...(outcomes ? { outcomes: presentOutcomes(outcomes, locale), noFiles: true } : {}),
    };
    const title = t(locale, 'courses:listening.unit.title', { title: name });
    const status = outcomes ? 422 : 200;
    await this.pages.send(reply.status(status), 'courses/listening/web/views/unit.hbs', { title }, model);
  }
}

/** @throws NotFound */
export function unitOf({ units }: CourseScript, folder: string): SpokenUnit {
  const unit = units.find((each) => each.folder === folder);
  if (!unit) throw new NotFound('unit');
  return unit;
}
