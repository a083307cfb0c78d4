import { Body, Controller, Headers, HttpCode, Patch, Post, Put } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ForRoles } from '../../shared/access/access-rule.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { CourseAuthorQuery } from '../authoring/course-author.query.js';
import { CourseDraftService } from '../authoring/course-draft.service.js';
import { applyFields } from '../authoring/draft-fields.js';
import { WHOLE } from '../authoring/draft-part.js';
import { DraftPublisher } from '../authoring/draft-publish.service.js';
import { Author, type AuthorRequest } from './author-request.js';
import {
  DraftDto,
  DraftEditDto,
  DraftPublishDto,
  DraftPublishedDto,
  DraftRestoreDto,
  DraftSavedDto,
  DraftSourceDto,
} from './authoring.dto.js';
import { presentFinding, presentPreviews } from './authoring.presenter.js';

const IF_MATCH = { name: 'If-Match', description: 'Revision that the edit was made on', required: true };

/** Drafts of courses: the same saves as the pages make, which send them while somebody types. */
@ApiTags('courses')
@ApiParam({ name: 'course', description: 'Id or slug' })
@Controller('api/v1/courses/:course/draft')
export class AuthoringApiController {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly drafts: CourseDraftService,
    private readonly publisher: DraftPublisher,
  ) {}

  @Post()
  @ForRoles('admin', 'manager', 'trainer')
  @HttpCode(200)
  @ApiOperation({ summary: 'Opens the draft of a course, or gives the one that is open' })
  @ApiOkResponse({ type: DraftDto })
  async open(@Author() { actor, course, locale }: AuthorRequest): Promise<DraftDto> {
    const { revision, files } = await this.drafts.open(actor, course);
    const { findings } = await this.drafts.read(course, files);
    return {
      revision,
      published: course.published?.number ?? null,
      files: Object.entries(files).map(([path, file]) => ({ path, sha256: file.sha256, bytes: file.bytes })),
      findings: findings.map((finding) => presentFinding(finding, locale)),
    };
  }

  @Patch()
  @ForRoles('admin', 'manager', 'trainer')
  @ApiOperation({ summary: 'Saves fields of one part; another part saved meanwhile is no hindrance' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: DraftSavedDto })
  @ApiConflictResponse({
    description: 'The same part was saved since: `yours`, `theirs`, `revision`, `keptAs`',
  })
  async edit(
    @Author() { actor, course }: AuthorRequest,
    @Headers('if-match') match: string | undefined,
    @Body() { file, part, fields }: DraftEditDto,
  ): Promise<DraftSavedDto> {
    const apply = (text: Parameters<typeof applyFields>[0]): void => applyFields(text, part, fields);
    const revision = await this.drafts.edit(actor, course, {
      file,
      part,
      revision: revisionOf(match),
      apply,
    });
    return { revision, previews: presentPreviews(fields) };
  }

  @Put('file')
  @ForRoles('admin', 'manager', 'trainer')
  @ApiOperation({ summary: 'Saves a whole YAML file of the draft' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: DraftSavedDto })
  @ApiConflictResponse({ description: 'The file was saved since: `yours`, `theirs`, `revision`, `keptAs`' })
  async replace(
    @Author() { actor, course }: AuthorRequest,
    @Headers('if-match') match: string | undefined,
    @Body() { file, text: source }: DraftSourceDto,
  ): Promise<DraftSavedDto> {
    const edit = { file, part: WHOLE, revision: revisionOf(match) };
    const revision = await this.drafts.edit(actor, course, {
      ...edit,
      apply: (text) => text.replace(source),
    });
    return { revision, previews: [] };
  }

  @Post('restore')
  @ForRoles('admin', 'manager', 'trainer')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts the draft back to a revision; what came since stays in the history' })
  @ApiOkResponse({ type: DraftSavedDto })
  async restore(
    @Author() { actor, course }: AuthorRequest,
    @Body() { revision }: DraftRestoreDto,
  ): Promise<DraftSavedDto> {
    return { revision: await this.drafts.restore(actor, course, revision), previews: [] };
  }

  @Post('publish')
  @ForRoles('admin', 'manager')
  @HttpCode(200)
  @ApiOperation({ summary: 'Publishes the draft; refused with every finding at its place' })
  @ApiOkResponse({ type: DraftPublishedDto })
  @ApiConflictResponse({ description: 'Another version was published since: send `over`' })
  async publish(
    @Author() { actor, course }: AuthorRequest,
    @Body() { over = false }: DraftPublishDto,
  ): Promise<DraftPublishedDto> {
    if (!course.mayPublish) throw new NotFound('course');
    await this.publisher.publish(actor, course, over);
    return { version: (await this.courses.get(actor, course.slug)).published?.number ?? 1 };
  }
}

/** `If-Match: "12"`, with or without quotes. */
function revisionOf(match: string | undefined): number {
  const revision = Number(/^(?:W\/)?"?(\d{1,9})"?$/.exec(match ?? '')?.[1]);
  if (Number.isInteger(revision)) return revision;
  throw new InvalidFields([{ pointer: '/If-Match', code: 'required' }]);
}
