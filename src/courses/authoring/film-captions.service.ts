import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { Database } from '../../shared/database/database.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import type { TypedCaptions } from '../course-file/sub-rip.js';
import { readCaptions } from '../course-file/web-vtt.js';
import type { SourceFiles } from '../course-source.service.js';
import { DraftConflict } from './authoring.errors.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftStore, seenRevision } from './course-draft.store.js';
import {
  CAPTION_LANGUAGES,
  captionFile,
  type CaptionLanguage,
  DraftMedia,
  type ManifestVideo,
} from './draft-media.js';
import { fileOfPlace, type PartPlace } from './draft-part.js';

type Captions = Readonly<Record<CaptionLanguage, string>>;

/** Captions of a video that was filmed: they stand in no script, so two people who write them meet here. */
@Injectable()
export class FilmCaptions {
  constructor(
    private readonly db: Database,
    private readonly store: CourseDraftStore,
    private readonly media: DraftMedia,
  ) {}

  /**
   * Saves what was typed; a language left empty has no captions. Saving says that they fit the video that is there now.
   *
   * @returns the new revision; the present one when nothing changes
   * @throws NotFound; InvalidFields naming the line; DraftConflict when somebody else wrote captions meanwhile
   */
  async save(
    actor: Pick<StaffActor, 'accountId'>,
    course: AuthoredCourse,
    place: PartPlace,
    typed: Readonly<Record<CaptionLanguage, TypedCaptions>>,
    revision: number,
  ): Promise<number> {
    const outcome = await this.db.transaction(() => this.trySave(actor, course, place, typed, revision));
    if (typeof outcome === 'number') return outcome;
    throw new DraftConflict(outcome);
  }

  private async trySave(
    { accountId }: Pick<StaffActor, 'accountId'>,
    course: AuthoredCourse,
    place: PartPlace,
    given: Readonly<Record<CaptionLanguage, TypedCaptions>>,
    revision: number,
  ): Promise<number | DraftConflict['conflict']> {
    const { module, part } = place;
    const draft = await this.store.lock(course.id);
    const files = await this.store.files(draft);
    const found = await this.media.find(course, files, place);
    if (!found) throw new NotFound('video');
    const { manifest } = found;
    refuseWrong(given, manifest.video);
    const typed: Captions = { fr: given.fr.vtt, ar: given.ar.vtt };
    const note = { accountId, file: fileOfPlace(module), part };
    const seen = await this.store.files(draft, seenRevision(draft, revision));
    if (wereWritten(seen, files, module, manifest.video)) {
      const theirs = await this.textOf(files, module, manifest.video);
      const yours = joined(typed);
      if (yours === theirs) return draft.revision;
      const keptAs = await this.store.save(draft, {}, { ...note, kind: 'conflict', kept: yours });
      return { revision: keptAs, yours, theirs, keptAs };
    }
    // Captions written for the film that the author had before their eyes are looked at again where it is another now.
    const of = (await this.media.manifest(seen, module))?.video?.hash ?? manifest.video.hash;
    const { video, changes } = await this.media.withCaptions(files, module, manifest.video, typed, of);
    if (JSON.stringify(video) === JSON.stringify(manifest.video) && Object.keys(changes).length === 0)
      return draft.revision;
    const gone = manifest.video.captions
      .filter(({ lang }) => !video.captions.some((each) => each.lang === lang))
      .map(({ file }) => [file, null] as const);
    const all = { ...Object.fromEntries(gone), ...changes };
    const saved = await this.media.changed(module, manifest, video, all);
    return this.store.save(draft, saved, { ...note, kind: 'edit' });
  }

  private async textOf(files: SourceFiles, module: string, video: ManifestVideo): Promise<string> {
    const texts = await Promise.all(
      CAPTION_LANGUAGES.map((lang) => this.media.captions(files, module, video, lang)),
    );
    return joined({ fr: texts[0] ?? '', ar: texts[1] ?? '' });
  }
}

/** Did somebody write captions since the author saw these files? */
function wereWritten(seen: SourceFiles, now: SourceFiles, module: string, video: ManifestVideo): boolean {
  const paths = CAPTION_LANGUAGES.map((lang) => `${module}/media/${captionFile(video, lang)}`);
  return paths.some((path) => seen[path]?.sha256 !== now[path]?.sha256);
}

/** Both languages as one text, as somebody compares them. */
function joined(captions: Captions): string {
  return CAPTION_LANGUAGES.map((lang) => captions[lang].replaceAll('\r\n', '\n').trimEnd()).join('\n\n');
}

function refuseWrong(
  typed: Readonly<Record<CaptionLanguage, TypedCaptions>>,
  { durationMs }: ManifestVideo,
): void {
  const errors = CAPTION_LANGUAGES.flatMap((lang) => {
    const { vtt, before } = typed[lang];
    if (vtt.trim() === '') return [];
    const { cues, problems } = readCaptions(vtt, { durationMs, before });
    const [first] = problems;
    if (first) return [{ pointer: `/captions/${lang}`, code: `course-${first.code}`, params: first.params }];
    return cues.length > 0 ? [] : [{ pointer: `/captions/${lang}`, code: 'required' }];
  });
  if (errors.length > 0) throw new InvalidFields(errors);
}
