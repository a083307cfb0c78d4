import { Module, type OnModuleInit } from '@nestjs/common';
import { StartupTasks } from '../shared/operations/startup-tasks.js';
import { CatalogueService } from './catalogue.service.js';
import { CourseLoader } from './course-loader.service.js';
import { CoursePublisher } from './course-publisher.service.js';
import { CourseSources } from './course-source.service.js';
import { CourseExport } from './course-export.service.js';
import { MediaShelf } from './media-shelf.service.js';
import { QuizVersions } from './quiz-versions.query.js';
import { VersionHooks } from './version-hooks.js';
import { MediaController } from './web/media.controller.js';

/** After the geography, before anything that refers to a course. */
const LOAD_ORDER = 50;

@Module({
  controllers: [MediaController],
  providers: [
    CatalogueService,
    CourseExport,
    CourseLoader,
    CoursePublisher,
    CourseSources,
    MediaShelf,
    QuizVersions,
    VersionHooks,
  ],
  exports: [CatalogueService, CourseExport, CourseLoader, QuizVersions, VersionHooks],
})
export class CoursesModule implements OnModuleInit {
  constructor(
    private readonly tasks: StartupTasks,
    private readonly loader: CourseLoader,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'courses', order: LOAD_ORDER, run: () => this.loader.loadIfChanged() });
  }
}
