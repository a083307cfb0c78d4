import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/public.js';

@Module({
  imports: [CoursesModule],
})
export class VideoModule {}
