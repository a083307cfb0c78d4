import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { Database } from '../../shared/database/database.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { MediaShelf, type ShelvedFile } from '../../shared/files/media-shelf.service.js';
import { languagesPlaylist } from '../../shared/film/languages-playlist.js';
import { BY_SPEAKERS, type ListeningLanguage } from '../../shared/listening/listening-language.js';
import type { AudioTrack, LocalizedText, MediaPlaylist } from '../course-file/course-document.js';
import { type Cue, readCaptions } from '../course-file/web-vtt.js';
import { CourseSources, type SourceFile, type SourceFiles } from '../course-source.service.js';
import { TrackChanged } from './authoring.errors.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftStore } from './course-draft.store.js';
import {
  CAPTION_LANGUAGES,
  type CaptionLanguage,
  type Changes,
  DraftMedia,
  type FoundVideo,
  type ManifestVideo,
  TRACKS,
} from './draft-media.js';
import { DraftOpening } from './draft-opening.service.js';
import { fileOfPlace, type PartPlace } from './draft-part.js';

/** A sound made for a video: its files lie in `folder`, named as they are below `tracks/<lang>/`. */
export interface MadeTrack {
  readonly lang: ListeningLanguage;
  /** A machine speaks. */
  readonly synthetic: boolean;
  readonly folder: string;
  /** `path` beside the playlist, which is `index.m3u8`. */
  readonly files: readonly ShelvedFile[];
  readonly rates: Omit<MediaPlaylist, 'playlist'>;
}

/** A video of a draft with its sounds, for whoever adds one. */
export interface TrackPlace {
  readonly title: LocalizedText;
  readonly video: ManifestVideo;
  /** Address of the folder that holds its paths. */
  readonly base: string;
  /** What it says, where captions say so. */
  readonly cues: Readonly<Record<CaptionLanguage, readonly Cue[]>>;
  /** What somebody has before their eyes who adds a sound in a language: the pictures, and the sound that is there. */
  seen(lang: ListeningLanguage): string;
}

/** The video's own sound as it was encoded, which an added one is cut like. */
export interface OwnSound {
  readonly playlist: string;
  readonly init: Buffer;
}

/** Languages that are added to a video of a draft, rendered or filmed. They belong to its pictures: others come without them. */
@Injectable()
export class DraftTracks {
  constructor(
    private readonly db: Database,
    private readonly opening: DraftOpening,
    private readonly store: CourseDraftStore,
    private readonly media: DraftMedia,
    private readonly sources: CourseSources,
    private readonly shelf: MediaShelf,
  ) {}

  /** The video of a block, in the draft, which is opened where none is. @throws NotFound for no such block, or no video yet */
  async place(actor: StaffActor, course: AuthoredCourse, at: PartPlace): Promise<TrackPlace> {
    const { files } = await this.opening.atVideo(actor, course, at);
    const { block, manifest } = await this.find(course, files, at);
    const { video } = manifest;
    const cues = { fr: [] as readonly Cue[], ar: [] as readonly Cue[] };
    for (const lang of CAPTION_LANGUAGES) {
      const text = await this.media.captions(files, at.module, video, lang);
      if (text !== '') cues[lang] = readCaptions(text, { durationMs: video.durationMs }).cues;
    }
    const seen = (lang: ListeningLanguage): string => seenOf(manifest, lang);
    return { title: block.title, video, base: this.media.folderOf(manifest), cues, seen };
  }

  /** @throws NotFound */
  async ownSound(course: AuthoredCourse, at: PartPlace): Promise<OwnSound> {
    const draft = await this.store.find(course.id);
    if (!draft) throw new NotFound('draft');
    const files = await this.store.files(draft);
    const { audioOnly } = (await this.find(course, files, at)).manifest.video;
    const [playlist, init] = await Promise.all([
      this.bytes(files, `${at.module}/media/${audioOnly.playlist}`),
      this.bytes(files, `${at.module}/media/${audioOnly.playlist.replace(/[^/]*$/, 'init.mp4')}`),
    ]);
    return { playlist: playlist.toString('utf8'), init };
  }

  /**
   * Adds a sound to a video, in place of the one that was there in its language. Where the draft was closed while the
   * sound was made, another is opened.
   *
   * @param seen what whoever recorded it had before their eyes
   * @returns the new revision
   * @throws NotFound; TrackChanged when the pictures or the language's sound are others meanwhile
   */
  async put(
    { accountId }: Pick<StaffActor, 'accountId'>,
    { id }: Pick<AuthoredCourse, 'id'>,
    at: PartPlace,
    made: MadeTrack,
    seen: string,
  ): Promise<number> {
    return this.db.transaction(async () => {
      // First, as films do: nobody takes away bytes that we find in the store.
      await this.shelf.inTurn();
      const { course, draft } = await this.opening.locked(accountId, id);
      const files = await this.store.files(draft);
      const { manifest } = await this.find(course, files, at);
      const { lang, synthetic, rates } = made;
      if (seenOf(manifest, lang) !== seen) throw new TrackChanged(lang);
      await this.shelf.keep(made.folder, made.files);
      const folder = folderOf(lang);
      const track: MediaPlaylist = { playlist: `${folder}/index.m3u8`, ...rates };
      const others = manifest.video.audioTracks.filter((each) => !each.track || each.lang !== lang);
      const come = made.files.map(({ path, sha256, bytes }): [string, SourceFile] => [
        `${folder}/${path}`,
        { sha256, bytes },
      ]);
      const changes = { ...goneBelow(manifest, folder), ...Object.fromEntries(come) };
      const tracks = [...others, { lang, synthetic, track }];
      const saved = await this.changed(files, at.module, manifest, tracks, changes);
      return this.store.save(draft, saved, noteOf(accountId, at));
    });
  }

  /** Takes an added sound out; the history keeps it. @throws NotFound */
  async remove(
    { accountId }: Pick<StaffActor, 'accountId'>,
    course: AuthoredCourse,
    at: PartPlace,
    lang: ListeningLanguage,
  ): Promise<number> {
    return this.db.transaction(async () => {
      const draft = await this.store.lock(course.id);
      const files = await this.store.files(draft);
      const { manifest } = await this.find(course, files, at);
      const { audioTracks } = manifest.video;
      const tracks = audioTracks.filter((each) => !each.track || each.lang !== lang);
      if (tracks.length === audioTracks.length) throw new NotFound('sound');
      const changes = goneBelow(manifest, folderOf(lang));
      const saved = await this.changed(files, at.module, manifest, tracks, changes);
      return this.store.save(draft, saved, noteOf(accountId, at));
    });
  }

  private async find(course: AuthoredCourse, files: SourceFiles, at: PartPlace): Promise<FoundVideo> {
    const found = await this.media.find(course, files, at);
    if (!found) throw new NotFound('video');
    return found;
  }

  /** The draft's files with other sounds: a master playlist lists them where any was added. */
  private async changed(
    files: SourceFiles,
    module: string,
    manifest: FoundVideo['manifest'],
    tracks: readonly AudioTrack[],
    changes: Changes,
  ): Promise<Changes> {
    const { video } = manifest;
    const own = tracks.filter((each) => !each.track);
    const added = BY_SPEAKERS.flatMap((lang) => {
      const found = tracks.find((each) => each.track && each.lang === lang);
      return found ? [found] : [];
    });
    const master = added.length > 0 ? LANGUAGES : MASTER;
    const list =
      added.length > 0
        ? await this.sources.keepMedia(Buffer.from(await this.listOf(files, module, video, own, added)))
        : null;
    const next: ManifestVideo = { ...video, master, audioTracks: [...own, ...added] };
    return this.media.changed(module, manifest, next, { ...changes, [LANGUAGES]: list });
  }

  private async listOf(
    files: SourceFiles,
    module: string,
    { audioOnly }: ManifestVideo,
    [own]: readonly AudioTrack[],
    added: readonly AudioTrack[],
  ): Promise<string> {
    const master = (await this.bytes(files, `${module}/media/${MASTER}`)).toString('utf8');
    const { bandwidth, averageBandwidth } = audioOnly;
    const sounds = added.flatMap(({ lang, track }) =>
      track ? [{ ...track, lang, playlist: track.playlist.slice(TRACKS.length + 1) }] : [],
    );
    return languagesPlaylist(
      master,
      { bandwidth, averageBandwidth, ...(own ? { lang: own.lang } : {}) },
      sounds,
      '../hls',
    );
  }

  private async bytes(files: SourceFiles, path: string): Promise<Buffer> {
    const file = files[path];
    if (!file) throw new NotFound('video');
    return this.sources.read(file);
  }
}

/** The master playlist as the video was made, and the one with languages added. */
const MASTER = 'hls/master.m3u8';
const LANGUAGES = `${TRACKS}/master.m3u8`;

function folderOf(lang: ListeningLanguage): string {
  return `${TRACKS}/${lang}`;
}

function goneBelow({ files }: FoundVideo['manifest'], folder: string): Record<string, null> {
  const paths = files.map(({ path }) => path).filter((path) => path.startsWith(`${folder}/`));
  return Object.fromEntries(paths.map((path) => [path, null]));
}

function seenOf({ video, files }: FoundVideo['manifest'], lang: ListeningLanguage): string {
  const own = files.filter(({ path }) => path.startsWith(`${folderOf(lang)}/`));
  const lines = [video.hash, ...own.map(({ path, sha256 }) => `${sha256} ${path}`)];
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

function noteOf(accountId: string, { module, part }: PartPlace) {
  return { kind: 'edit' as const, accountId, file: fileOfPlace(module), part };
}
