import { Injectable } from '@nestjs/common';
import type { LocalizedText } from './course-file/course-document.js';

/** Something to do that belongs to a course and stands in another feature. */
export interface CourseLink {
  /** Address below the language. */
  readonly path: string;
  readonly title: LocalizedText;
}

/** What a course or lesson leads to, by its slug. */
type LinkSource = (slug: string) => readonly CourseLink[];

/** Where later features say what a course's page leads to besides its lessons; they do so in `onModuleInit`. */
@Injectable()
export class CourseLinks {
  private readonly sources: LinkSource[] = [];
  private readonly lessonSources: LinkSource[] = [];

  add(source: LinkSource): void {
    this.sources.push(source);
  }

  of(courseSlug: string): CourseLink[] {
    return this.sources.flatMap((source) => source(courseSlug));
  }

  /** The same for the page of one lesson, by the slug of its module. */
  addToLessons(source: LinkSource): void {
    this.lessonSources.push(source);
  }

  ofLesson(moduleSlug: string): CourseLink[] {
    return this.lessonSources.flatMap((source) => source(moduleSlug));
  }
}
