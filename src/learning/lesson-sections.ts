import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type Handlebars from 'handlebars';
import type { PublishedCourse, PublishedModule } from '../courses/public.js';

/** A part of a lesson's page that a later feature adds below the lesson, for whoever looks. */
export abstract class LessonSection {
  /** @returns undefined where it has nothing to say */
  abstract render(
    request: FastifyRequest,
    course: PublishedCourse,
    module: PublishedModule,
  ): Promise<Handlebars.SafeString | undefined>;
}

/** Where later features register what they add to a lesson; they do so in `onModuleInit`. */
@Injectable()
export class LessonSections {
  private readonly sections: LessonSection[] = [];

  add(section: LessonSection): void {
    this.sections.push(section);
  }

  async render(
    request: FastifyRequest,
    course: PublishedCourse,
    module: PublishedModule,
  ): Promise<Handlebars.SafeString[]> {
    const made = await Promise.all(this.sections.map((one) => one.render(request, course, module)));
    return made.filter((one) => one !== undefined);
  }
}
