import { Logger, Module, type OnModuleInit } from '@nestjs/common';
import { MediaShelf } from '../shared/files/media-shelf.service.js';
import { StartupTasks } from '../shared/operations/startup-tasks.js';
import { CatalogueService } from './catalogue.service.js';
import { CourseLinks } from './course-links.js';
import { CourseLoader } from './course-loader.service.js';
import { CoursePublisher } from './course-publisher.service.js';
import { CourseAuthorQuery } from './authoring/course-author.query.js';
import { CourseDraftService } from './authoring/course-draft.service.js';
import { CourseDraftStore } from './authoring/course-draft.store.js';
import { DraftAttachments } from './authoring/draft-attachments.service.js';
import { DraftFilms } from './authoring/draft-films.service.js';
import { DraftMedia } from './authoring/draft-media.js';
import { DraftOpening } from './authoring/draft-opening.service.js';
import { DraftOutline } from './authoring/draft-outline.service.js';
import { DraftPictures } from './authoring/draft-pictures.service.js';
import { DraftPreview } from './authoring/draft-preview.service.js';
import { DraftPublisher } from './authoring/draft-publish.service.js';
import { DraftReader } from './authoring/draft-reading.service.js';
import { FilmCaptions } from './authoring/film-captions.service.js';
import { NewCourses } from './authoring/new-course.service.js';
import { CourseScripts } from './listening/course-script.service.js';
import { LinkCheckHandler } from './outside-links/link-check.handler.js';
import { LinkCheckJobs } from './outside-links/link-check.jobs.js';
import { LinkCheckStore } from './outside-links/link-check.store.js';
import { LinkChecks } from './outside-links/link-checks.service.js';
import { LinkProber } from './outside-links/link-prober.js';
import { OutsideNetwork } from './outside-links/outside-network.js';
import { LinksPagesController } from './outside-links/web/links.pages.controller.js';
import { ListeningShelf } from './listening/listening-shelf.service.js';
import { OutdatedRecordings } from './listening/outdated-recordings.query.js';
import { RecordingStore } from './listening/recording.store.js';
import { RecordingsExport } from './listening/recordings-export.service.js';
import { RecordingsImport } from './listening/recordings-import.service.js';
import { Recordings } from './listening/recordings.service.js';
import { BoothPage } from './listening/web/booth.page.js';
import { BoothPagesController } from './listening/web/booth.pages.controller.js';
import { ListeningApiController } from './listening/web/listening.api.controller.js';
import { ListeningPagesController } from './listening/web/listening.pages.controller.js';
import { RecordingsApiController } from './listening/web/recordings.api.controller.js';
import { DraftTracks } from './authoring/draft-tracks.service.js';
import { DraftVideos } from './authoring/draft-video.service.js';
import { CourseSources } from './course-source.service.js';
import { CourseExport } from './course-export.service.js';
import { QuizVersions } from './quiz-versions.query.js';
import { VersionHooks } from './version-hooks.js';
import { AttachmentPagesController } from './web/attachment.pages.controller.js';
import { AuthoringApiController } from './web/authoring.api.controller.js';
import { AuthoringPagesController } from './web/authoring.pages.controller.js';
import { DraftPagesController } from './web/draft.pages.controller.js';
import { PartPage } from './web/part.page.js';
import { PartPagesController } from './web/part.pages.controller.js';
import { MediaAnswer } from './web/media-answer.js';
import { MediaController } from './web/media.controller.js';
import { PrivateMediaController } from './web/private-media.controller.js';
import { VideoPagesController } from './web/video.pages.controller.js';

/** After the geography, before anything that refers to a course. */
const LOAD_ORDER = 50;

@Module({
  controllers: [
    AuthoringApiController,
    AuthoringPagesController,
    AttachmentPagesController,
    BoothPagesController,
    DraftPagesController,
    LinksPagesController,
    ListeningApiController,
    ListeningPagesController,
    MediaController,
    PartPagesController,
    PrivateMediaController,
    RecordingsApiController,
    VideoPagesController,
  ],
  providers: [
    BoothPage,
    CatalogueService,
    CourseAuthorQuery,
    CourseDraftService,
    CourseDraftStore,
    CourseExport,
    CourseLinks,
    CourseLoader,
    CoursePublisher,
    CourseScripts,
    CourseSources,
    DraftAttachments,
    DraftFilms,
    DraftMedia,
    DraftOpening,
    DraftOutline,
    DraftPictures,
    DraftPreview,
    DraftPublisher,
    DraftReader,
    DraftTracks,
    FilmCaptions,
    LinkCheckHandler,
    LinkCheckJobs,
    LinkChecks,
    LinkCheckStore,
    LinkProber,
    ListeningShelf,
    MediaAnswer,
    NewCourses,
    OutsideNetwork,
    DraftVideos,
    OutdatedRecordings,
    PartPage,
    QuizVersions,
    RecordingStore,
    Recordings,
    RecordingsExport,
    RecordingsImport,
    VersionHooks,
  ],
  exports: [
    CatalogueService,
    CourseAuthorQuery,
    CourseExport,
    CourseLinks,
    CourseLoader,
    CourseScripts,
    DraftFilms,
    DraftPreview,
    DraftTracks,
    ListeningShelf,
    QuizVersions,
    RecordingsExport,
    RecordingsImport,
    VersionHooks,
  ],
})
export class CoursesModule implements OnModuleInit {
  private readonly logger = new Logger(CoursesModule.name);

  constructor(
    private readonly tasks: StartupTasks,
    private readonly loader: CourseLoader,
    private readonly media: MediaShelf,
    private readonly drafts: CourseDraftStore,
  ) {}

  onModuleInit(): void {
    // What a lesson will play may have been recorded before, and its draft is on no shelf yet.
    this.media.heldBy((sha256) => this.drafts.holds(sha256));
    this.tasks.add({ name: 'courses', order: LOAD_ORDER, run: () => this.load() });
  }

  /** What is hard to read or not written is published all the same, and said once, where whoever put the files there looks. */
  private async load(): Promise<void> {
    for (const { message } of (await this.loader.loadIfChanged())?.warnings ?? [])
      this.logger.warn(`Course file ${message}`);
  }
}
