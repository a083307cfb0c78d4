import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/public.js';
import { HomeQuery } from './home.query.js';
import { HelpPagesController } from './web/help.pages.controller.js';
import { HomePagesController } from './web/home.pages.controller.js';
import { StyleGuideController } from './web/style-guide.controller.js';

@Module({
  imports: [CoursesModule],
  controllers: [HomePagesController, HelpPagesController, StyleGuideController],
  providers: [HomeQuery],
})
export class PortalModule {}
