import type { CourseFileError } from './course-file/course-file.error.js';

/** The course files do not load. The message is one line: the first thing to mend, and how many others there are. */
export class CourseFilesInvalid extends Error {
  constructor(readonly errors: readonly CourseFileError[]) {
    const [first] = errors;
    const more = errors.length - 1;
    super(`${first?.message ?? 'No course file'}${more > 0 ? ` (and ${more} more)` : ''}`);
    this.name = 'CourseFilesInvalid';
  }
}

/** A folder to export into holds something that is no course. */
export class CourseFolderNotEmpty extends Error {
  constructor(folder: string) {
    super(`${folder} is not empty and holds no course.yaml: name another folder`);
    this.name = 'CourseFolderNotEmpty';
  }
}

/** A file that a version names is not there: the store was lost, or restored without the database. */
export class CourseSourceMissing extends Error {
  constructor(sha256: string) {
    super(`The course file ${sha256} is in no store: load the course again`);
    this.name = 'CourseSourceMissing';
  }
}

/** There is no published course of that name. */
export class NoSuchCourse extends Error {
  constructor(slug: string, known: readonly string[]) {
    super(`No course "${slug}" is published; there are ${known.join(', ') || 'none'}`);
    this.name = 'NoSuchCourse';
  }
}
