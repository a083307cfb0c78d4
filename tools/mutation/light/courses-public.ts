/** What the readers of practice scenarios use of the courses, without the services beside it: a mutant waits for each import. */
export {
  CourseFileError,
  CourseFileFindings,
  type Place,
} from '../../../src/courses/course-file/course-file.error.js';
export type { LocalizedText } from '../../../src/courses/course-file/course-document.js';
export { readText, type TextRules } from '../../../src/courses/course-file/text.reader.js';
export { UniqueNames } from '../../../src/courses/course-file/unique-names.js';
export { YamlFile } from '../../../src/courses/course-file/yaml-file.js';
export { YamlMapReader } from '../../../src/courses/course-file/yaml-map.reader.js';
