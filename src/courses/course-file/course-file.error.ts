/** One thing wrong in a course file, at the place where an author mends it. */
export class CourseFileError extends Error {
  override readonly name = 'CourseFileError';

  constructor(
    /** Path as the reader was given it. */
    readonly file: string,
    /** From 1. */
    readonly line: number,
    /** From 1, in characters. */
    readonly column: number,
    /** The bare sentence, without the place. */
    readonly reason: string,
  ) {
    super(`${file}:${line}:${column} ${reason}`);
  }
}

/** A course, or a module of one, that a text leads to. */
export interface CourseReference {
  readonly place: Place;
  readonly href: string;
  readonly course: string;
  readonly module?: string;
}

/** Collects everything found in a folder of course files, in the order of the files' lines. */
export class CourseFileFindings {
  readonly errors: CourseFileError[] = [];
  readonly warnings: CourseFileError[] = [];
  /** Links to courses and modules; whether they lead somewhere is known when all of them are read. */
  readonly links: CourseReference[] = [];

  error(place: Place, reason: string): void {
    this.errors.push(new CourseFileError(place.file, place.line, place.column, reason));
  }

  warn(place: Place, reason: string): void {
    this.warnings.push(new CourseFileError(place.file, place.line, place.column, reason));
  }
}

/** A position in a file; line and column from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
