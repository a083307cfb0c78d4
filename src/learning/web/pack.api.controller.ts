import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { PublishedCourse, PublishedModule } from '../../courses/public.js';
import { ForPerson } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { BuiltFiles, ON_EVERY_PAGE } from '../../shared/web/built-files.js';
import { CourseStays } from '../course-stay.service.js';
import type { PackFile, PackPart } from '../lesson-pack.js';
import { LessonPacks } from '../lesson-pack.service.js';
import { hrefOf, titleOf } from './course.pages.presenter.js';
import { CourseLanguageDto } from './course.dto.js';
import { CourseTestPage, TEST_SCRIPTS } from './course-test.page.js';
import { CoursePage, scriptsOfCourse } from './course.page.js';
import { LessonPage, scriptsOf } from './lesson.page.js';
import { CoursePackDto, LessonPackDto } from './pack.dto.js';
import { presentBytes } from './pack.presenter.js';

/** What a phone needs to have a lesson where there is no network. */
@ApiTags('learning')
@Controller('api/v1')
export class PackApiController {
  constructor(
    private readonly stays: CourseStays,
    private readonly packs: LessonPacks,
    private readonly lesson: LessonPage,
    private readonly course: CoursePage,
    private readonly test: CourseTestPage,
    private readonly built: BuiltFiles,
  ) {}

  @Get('modules/:module/pack')
  @ForPerson()
  @ApiOperation({ summary: 'Every file of a lesson with its bytes, in the version that the person is on' })
  @ApiParam({ name: 'module', description: 'Id or slug' })
  @ApiOkResponse({ type: LessonPackDto })
  async ofModule(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param('module') key: string,
    @Query() { lang }: CourseLanguageDto,
  ): Promise<LessonPackDto> {
    const catalogue = await this.stays.catalogueOf(person.id);
    const module = catalogue.module(key);
    const course = module && catalogue.course(module.courseId);
    if (!module || !course) throw new NotFound('lesson');
    request.locale = lang ?? request.locale;
    return this.present(request, course, module);
  }

  @Get('courses/:course/pack')
  @ForPerson()
  @ApiOperation({
    summary: 'The same for a course: its own page, and every lesson; what several need is counted once',
  })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: CoursePackDto })
  async ofCourse(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param('course') key: string,
    @Query() { lang }: CourseLanguageDto,
  ): Promise<CoursePackDto> {
    const course = (await this.stays.catalogueOf(person.id)).course(key);
    if (!course) throw new NotFound('course');
    request.locale = lang ?? request.locale;
    const modules: (LessonPackDto & { files: PackFile[] })[] = [];
    for (const module of course.modules) modules.push(await this.present(request, course, module));
    const { id: courseId, slug, versionId } = course;
    const page = `/${request.locale}/courses/${slug}`;
    const test = course.document.test ? await this.testOf(request, slug) : [];
    const scripts = new Set([
      ...ON_EVERY_PAGE,
      ...scriptsOfCourse(request),
      ...(test.length > 0 ? TEST_SCRIPTS : []),
    ]);
    const files: PackFile[] = [
      { url: page, bytes: await this.course.bytes(request, course), part: 'page' },
      ...[...scripts].map((name) => this.builtFile(name, 'app')),
      ...test,
    ];
    return {
      ...{ courseId, slug, title: titleOf(course, request.locale), versionId, lang: request.locale, page },
      bytes: presentBytes([...files, ...modules.flatMap((each) => each.files)]),
      ...{ files, modules },
    };
  }

  private async present(
    request: FastifyRequest,
    course: PublishedCourse,
    module: PublishedModule,
  ): Promise<LessonPackDto & { files: PackFile[] }> {
    const page = hrefOf(module, request.locale);
    const app = [...ON_EVERY_PAGE, ...scriptsOf(module, request.actor)].map((name) =>
      this.builtFile(name, 'app'),
    );
    const player = module.video ? [this.builtFile('hls-player.js', 'player')] : [];
    const files: PackFile[] = [
      { url: page, bytes: await this.lesson.bytes(request, course, module), part: 'page' },
      ...app,
      ...(await this.packs.mediaOf(module)),
      ...player,
    ];
    const { id: moduleId, slug, versionId } = module;
    const title = titleOf(module, request.locale);
    return {
      moduleId,
      slug,
      title,
      versionId,
      lang: request.locale,
      page,
      bytes: presentBytes(files),
      files,
    };
  }

  /** The test as it stands with the person, a page of its own; none once the published course has none. */
  private async testOf(request: FastifyRequest, slug: string): Promise<PackFile[]> {
    const shown = await this.test.weighed(request, slug);
    if (!shown) return [];
    return [
      { url: `/${request.locale}/courses/${slug}/test`, bytes: shown.bytes, part: 'page' },
      ...(await this.packs.mediaOfTest(shown.own.course.id, shown.own)),
    ];
  }

  private builtFile(name: string, part: PackPart): PackFile {
    const { path, bytes } = this.built.file(name);
    return { url: path, bytes, part };
  }
}
