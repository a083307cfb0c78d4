import { Module, type OnModuleInit } from '@nestjs/common';
import { type CourseLink, CourseLinks, CoursesModule } from '../courses/public.js';
import { StartupTasks } from '../shared/operations/startup-tasks.js';
import { ToursModule } from '../tours/public.js';
import type { Scenario } from './engine/scenario.js';
import { GroupService } from './group.service.js';
import { ScenarioShelf } from './scenario-shelf.service.js';
import { ShopQuery } from './shop.query.js';
import { ShopService } from './shop.service.js';
import { CataloguePrinter } from './catalogue.printer.js';
import { PhotoGoneHandler } from './jobs/photo-gone.handler.js';
import { ShopPhotos } from './shop-photo.service.js';
import { ShopVisitors } from './shop-visitors.service.js';
import { CataloguePagesController } from './web/catalogue.pages.controller.js';
import { GroupController } from './web/group.controller.js';
import { PracticePagesController } from './web/practice.pages.controller.js';
import { ShopApiController } from './web/shop.api.controller.js';
import { TermsPagesController } from './web/terms.pages.controller.js';
import { ShopPagesController } from './web/shop.pages.controller.js';
import { PhotoApiController } from './web/photo.api.controller.js';
import { ProductPagesController } from './web/product.pages.controller.js';
import { CatalogueFiles } from './web/catalogue-files.js';
import { FormPhoto } from './web/form-photo.js';
import { OwnShopPipe } from './web/own-shop.js';
import { ShopPackApiController } from './web/shop-pack.api.controller.js';
import { ShopPacks } from './web/shop-pack.js';
import { ShopRooms } from './web/shop-rooms.js';

/** After the courses. */
const LOAD_ORDER = 60;

@Module({
  imports: [CoursesModule, ToursModule],
  controllers: [
    CataloguePagesController,
    GroupController,
    PhotoApiController,
    PracticePagesController,
    ProductPagesController,
    ShopApiController,
    ShopPackApiController,
    ShopPagesController,
    TermsPagesController,
  ],
  providers: [
    CatalogueFiles,
    CataloguePrinter,
    FormPhoto,
    GroupService,
    OwnShopPipe,
    PhotoGoneHandler,
    ScenarioShelf,
    ShopPhotos,
    ShopQuery,
    ShopPacks,
    ShopRooms,
    ShopService,
    ShopVisitors,
  ],
  exports: [ScenarioShelf],
})
export class PracticeModule implements OnModuleInit {
  constructor(
    private readonly tasks: StartupTasks,
    private readonly shelf: ScenarioShelf,
    private readonly links: CourseLinks,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'practice', order: LOAD_ORDER, run: () => this.shelf.load() });
    const linksTo = (isMeant: (scenario: Scenario) => boolean): CourseLink[] =>
      this.shelf
        .all()
        .filter(({ scenario }) => isMeant(scenario))
        .map(({ scenario: { slug, title } }) => ({ path: `/practice/${slug}`, title }));
    this.links.add((slug) => linksTo(({ course }) => course === slug));
    this.links.addToLessons((slug) => linksTo(({ lessons }) => lessons.includes(slug)));
  }
}
