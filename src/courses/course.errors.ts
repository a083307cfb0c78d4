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

/** A media file is not the one its manifest names: it was changed by hand or broke on its way. */
export class MediaFileChanged extends Error {
  constructor(file: string) {
    super(`${file} is not the file its manifest.json describes: render the media again`);
    this.name = 'MediaFileChanged';
  }
}
