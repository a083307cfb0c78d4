import { Module, type OnModuleInit } from '@nestjs/common';
import { CourseLinks, CoursesModule } from '../courses/public.js';
import { StartupTasks } from '../shared/operations/startup-tasks.js';
import { ToursModule } from '../tours/public.js';
import { GroupService } from './group.service.js';
import { ScenarioShelf } from './scenario-shelf.service.js';
import { ShopQuery } from './shop.query.js';
import { ShopService } from './shop.service.js';
import { CataloguePagesController } from './web/catalogue.pages.controller.js';
import { GroupController } from './web/group.controller.js';
import { PracticePagesController } from './web/practice.pages.controller.js';
import { ShopApiController } from './web/shop.api.controller.js';
import { ShopPagesController } from './web/shop.pages.controller.js';

/** After the courses. */
const LOAD_ORDER = 60;

@Module({
  imports: [CoursesModule, ToursModule],
  controllers: [
    CataloguePagesController,
    GroupController,
    PracticePagesController,
    ShopApiController,
    ShopPagesController,
  ],
  providers: [GroupService, ScenarioShelf, ShopQuery, ShopService],
})
export class PracticeModule implements OnModuleInit {
  constructor(
    private readonly tasks: StartupTasks,
    private readonly shelf: ScenarioShelf,
    private readonly links: CourseLinks,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'practice', order: LOAD_ORDER, run: () => this.shelf.load() });
    this.links.add((course) =>
      this.shelf
        .all()
        .filter(({ scenario }) => scenario.course === course)
        .map(({ scenario }) => ({ path: `/practice/${scenario.slug}`, title: scenario.title })),
    );
  }
}
