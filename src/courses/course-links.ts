import { Injectable } from '@nestjs/common';
import type { LocalizedText } from './course-file/course-document.js';

/** Something to do that belongs to a course and stands in another feature. */
export interface CourseLink {
  /** Address below the language. */
  readonly path: string;
  readonly title: LocalizedText;
}

/** Where later features say what a course's page leads to besides its lessons; they do so in `onModuleInit`. */
@Injectable()
export class CourseLinks {
  private readonly sources: ((courseSlug: string) => readonly CourseLink[])[] = [];

  add(source: (courseSlug: string) => readonly CourseLink[]): void {
    this.sources.push(source);
  }

  of(courseSlug: string): CourseLink[] {
    return this.sources.flatMap((source) => source(courseSlug));
  }
}
