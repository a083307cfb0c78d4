import { CourseFileError, type CourseReference } from './course-file.error.js';

interface Published {
  readonly slug: string;
  readonly modules: readonly { readonly slug: string }[];
}

/** Courses that there are, each with the slugs of its modules. */
export type KnownCourses = ReadonlyMap<string, ReadonlySet<string>>;

/** The courses of a catalogue. */
export function knownCourses({ courses }: { readonly courses: readonly Published[] }): KnownCourses {
  return new Map(courses.map(({ slug, modules }) => [slug, new Set(modules.map((module) => module.slug))]));
}

/** The courses of some documents, beside those that are known. */
export function coursesOf(documents: readonly Published[], known: KnownCourses = new Map()): KnownCourses {
  return new Map([...known, ...knownCourses({ courses: documents })]);
}

/** Links that lead to no course or module there is, each where it is written. */
export function unreachable(links: readonly CourseReference[], known: KnownCourses): CourseFileError[] {
  return links
    .filter(
      ({ course, module }) => !known.has(course) || (module !== undefined && !known.get(course)?.has(module)),
    )
    .map(
      ({ place, href }) =>
        new CourseFileError(place.file, place.line, place.column, `link "${href}" leads nowhere`),
    );
}
