import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { StaffActor } from '../../shared/access/actor.js';
import { staffOf } from '../../shared/access/current-actor.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { type AuthoredCourse, CourseAuthorQuery } from '../authoring/course-author.query.js';

/** What every route of a course's authors is asked with: who asks, in which language, and for a course that is theirs. */
export interface AuthorRequest {
  readonly actor: StaffActor;
  readonly locale: Locale;
  readonly course: AuthoredCourse;
  /** Address of the course's pages, below the language. */
  readonly home: string;
}

interface Asked {
  readonly actor: StaffActor;
  readonly locale: Locale;
  readonly key: string;
}

/** Finds the course; somebody else's is not found. */
@Injectable()
class AuthoredCoursePipe implements PipeTransform<Asked, Promise<AuthorRequest>> {
  constructor(private readonly courses: CourseAuthorQuery) {}

  async transform({ actor, locale, key }: Asked): Promise<AuthorRequest> {
    const course = await this.courses.get(actor, key);
    return { actor, locale, course, home: `/staff/courses/${course.slug}` };
  }
}

const asked = createParamDecorator((_: unknown, context: ExecutionContext): Asked => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { course = '' } = request.params as { course?: string };
  return { actor: staffOf(request), locale: request.locale, key: course };
});

/** The course of the address, with whoever writes it. */
export const Author = (): ParameterDecorator => asked(AuthoredCoursePipe);
