import { Module, type OnModuleInit } from '@nestjs/common';
import { StartupTasks } from '../shared/operations/startup-tasks.js';
import { CatalogueService } from './catalogue.service.js';
import { CourseLinks } from './course-links.js';
import { CourseLoader } from './course-loader.service.js';
import { CoursePublisher } from './course-publisher.service.js';
import { MediaShelf } from './media-shelf.service.js';
import { QuizVersions } from './quiz-versions.query.js';
import { MediaController } from './web/media.controller.js';

/** After the geography, before anything that refers to a course. */
const LOAD_ORDER = 50;

@Module({
  controllers: [MediaController],
  providers: [CatalogueService, CourseLinks, CourseLoader, CoursePublisher, MediaShelf, QuizVersions],
  exports: [CatalogueService, CourseLinks, CourseLoader, QuizVersions],
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
