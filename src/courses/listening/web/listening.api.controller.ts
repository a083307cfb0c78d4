import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Public } from '../../../shared/access/access-rule.js';
import { NotFound } from '../../../shared/errors/domain-error.js';
import { CatalogueService } from '../../catalogue.service.js';
import { coverageOf, type LanguageCoverage, percentHeard, totalOf } from '../coverage.js';
import { ListeningShelf } from '../listening-shelf.service.js';
import { spokenUnits } from '../spoken-line.js';
import { type LanguageCoverageDto, ListeningDto } from './listening.dto.js';

/** What of a published course can be listened to, and where. */
@ApiTags('courses')
@Controller('api/v1/courses/:course/listening')
export class ListeningApiController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly shelf: ListeningShelf,
  ) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Languages that a published course is heard in, how much of it, and every recording' })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: ListeningDto })
  async show(@Param('course') key: string): Promise<ListeningDto> {
    const course = (await this.catalogue.current()).course(key);
    if (!course) throw new NotFound('course');
    const units = coverageOf(spokenUnits(course.document), await this.shelf.publishedStates(course));
    const listening = await this.shelf.ofCourse(course);
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
          listening.tracksOf(id).map(({ lang, src, speaker, durationMs }) => ({ line: id, lang, url: src, speaker, durationMs })),
        ),
      ),
    };
  }
}

function presentLanguage(coverage: LanguageCoverage, lines: number): LanguageCoverageDto {
  const { lang, person, synthetic } = coverage;
  return { lang, person, synthetic, percent: percentHeard(coverage, lines) };
}
