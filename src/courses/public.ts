export { CatalogueService } from './catalogue.service.js';
export type {
  AttachedFile,
  AudioBlock,
  CardBlock,
  CourseBlock,
  CourseDocument,
  ExerciseBlock,
  FileBlock,
  ImageBlock,
  LocalizedText,
  ModuleDocument,
  QuizBlock,
  QuizItem,
  QuizPiece,
  TestDocument,
  TestItem,
  TextLanguage,
} from './course-file/course-document.js';
export { CourseFileError, CourseFileFindings, type Place } from './course-file/course-file.error.js';
export { pictureProblems } from './course-file/svg-picture.js';
export { readText, type TextRules } from './course-file/text.reader.js';
export { UniqueNames } from './course-file/unique-names.js';
export { YamlFile } from './course-file/yaml-file.js';
export { YamlMapReader } from './course-file/yaml-map.reader.js';
export { renderMarkdown } from './course-file/markdown.js';
export { CourseLoader, type CoursesLoaded } from './course-loader.service.js';
export { type CourseLink, CourseLinks } from './course-links.js';
export { type CourseChange, courseChanges } from './course-changes.js';
export { DraftPreview } from './authoring/draft-preview.service.js';
export { FilmElsewhere, FilmOfScript, TrackChanged } from './authoring/authoring.errors.js';
export { type AuthoredCourse, CourseAuthorQuery } from './authoring/course-author.query.js';
export { DraftFilms, type Film } from './authoring/draft-films.service.js';
export {
  DraftTracks,
  type MadeTrack,
  type OwnSound,
  type TrackPlace,
} from './authoring/draft-tracks.service.js';
export { CourseScripts } from './listening/course-script.service.js';
export { coverageOf, type LanguageCoverage, percentHeard, totalOf } from './listening/coverage.js';
export { type Listening, ListeningShelf, type Track } from './listening/listening-shelf.service.js';
export { looksLikeSound } from './listening/recording-names.js';
export { RecordingsExport } from './listening/recordings-export.service.js';
export { type ImportOutcome, RecordingsImport } from './listening/recordings-import.service.js';
export { spokenUnits } from './listening/spoken-line.js';
export { CourseExport } from './course-export.service.js';
export { CourseFilesInvalid, CourseFolderNotEmpty, NoSuchCourse } from './course.errors.js';
export { CoursesModule } from './courses.module.js';
export {
  blockOf,
  Catalogue,
  linesOf,
  type PublishedCourse,
  type PublishedModule,
  type PublishedVideo,
  videoSounds,
  type VideoSound,
} from './published-course.js';
export { narrowed } from './web/master-playlist.js';
export { QuizVersions, type VersionedTest } from './quiz-versions.query.js';
export { VersionHooks, VersionWatcher } from './version-hooks.js';
