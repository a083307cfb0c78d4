import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/public.js';
import { LearningModule } from '../learning/public.js';
import { MessagesModule } from '../messages/public.js';
import { PeopleModule } from '../people/public.js';
import { TaskNotice } from './task-notice.js';
import { TaskReviewQuery } from './task-review.query.js';
import { TaskReviewService } from './task-review.service.js';
import { TaskService } from './task.service.js';
import { TaskStore } from './task.store.js';
import { GuidePagesController } from './web/guide.pages.controller.js';
import { LessonTasks } from './web/lesson-tasks.js';
import { StaffTaskApiController } from './web/staff-task.api.controller.js';
import { StaffTaskPagesController } from './web/staff-task.pages.controller.js';
import { TaskApiController } from './web/task.api.controller.js';
import { TaskPagesController } from './web/task.pages.controller.js';
import { TaskPhotoController } from './web/task-photo.controller.js';

@Module({
  imports: [CoursesModule, LearningModule, MessagesModule, PeopleModule],
  controllers: [
    TaskApiController,
    TaskPhotoController,
    StaffTaskApiController,
    TaskPagesController,
    StaffTaskPagesController,
    GuidePagesController,
  ],
  providers: [LessonTasks, TaskNotice, TaskReviewQuery, TaskReviewService, TaskService, TaskStore],
})
export class TeachingModule {}
