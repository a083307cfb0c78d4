import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Public } from '../../../shared/access/access-rule.js';
import { CatalogueService } from '../../catalogue.service.js';
import type { PublishedCourse } from '../../published-course.js';
import { coverageOf, type LanguageCoverage, percentHeard, totalOf } from '../coverage.js';
import { type Listening, ListeningShelf } from '../listening-shelf.service.js';
import { spokenUnits } from '../spoken-line.js';
import { type LanguageCoverageDto, ListeningDto } from './listening.dto.js';

/** What of a published course can be listened to, and where. */
@ApiTags('courses')
@Controller('api/v1/courses/:course/listening')
export class ListeningApiController {
  /** Kept until something is recorded: then what can be heard is another object. */
  private readonly made = new WeakMap<Listening, ListeningDto>();

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly shelf: ListeningShelf,
  ) {}

  @Get()
  @Public()
  @ApiOperation({
    summary: 'Languages that a published course is heard in, how much of it, and every recording',
  })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: ListeningDto })
  async show(@Param('course') key: string): Promise<ListeningDto> {
    const course = await this.catalogue.published(key);
    const listening = await this.shelf.ofCourse(course);
    const known = this.made.get(listening);
    if (known) return known;
    const made = await this.present(course, listening);
    this.made.set(listening, made);
    return made;
  }

  private async present(course: PublishedCourse, listening: Listening): Promise<ListeningDto> {
    const units = coverageOf(spokenUnits(course.document), await this.shelf.publishedStates(course));
    const { lines, languages } = totalOf(units);
    return {
      courseId: course.id,
      ...{ lines, languages: languages.map((each) => presentLanguage(each, lines)) },
      units: units.map((each) => ({
        ...{ unit: each.unit.id, lines: each.lines },
        languages: each.languages.map((one) => presentLanguage(one, each.lines)),
      })),
      tracks: units.flatMap(({ unit }) =>
        unit.lines.flatMap(({ id }) =>
          listening
            .tracksOf(id)
            .map(({ lang, src, speaker, durationMs }) => ({ line: id, lang, url: src, speaker, durationMs })),
        ),
      ),
    };
  }
}

function presentLanguage(coverage: LanguageCoverage, lines: number): LanguageCoverageDto {
  const { lang, person, synthetic } = coverage;
  return { lang, person, synthetic, percent: percentHeard(coverage, lines) };
}
