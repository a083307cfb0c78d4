import { Injectable } from '@nestjs/common';
import {
  ListeningShelf,
  narrowed,
  type PublishedModule,
  type PublishedVideo,
  type VersionedTest,
} from '../courses/public.js';
import { FileStore } from '../shared/files/file-store.js';
import { type FoundFile, MediaShelf } from '../shared/files/media-shelf.service.js';
import {
  attachmentsOf,
  filesOfPlaylist,
  type PackFile,
  type PackPart,
  picturesOf,
  picturesOfItems,
  spokenOf,
  storedChoice,
} from './lesson-pack.js';

/** Where media that are everyone's are served: their bundle and their path in it. */
const MEDIA = /^\/media\/([0-9a-f]{64})\/(.+)$/;

/** What a lesson needs of media to be read, heard, seen and answered where there is no network. */
@Injectable()
export class LessonPacks {
  /** The video of a version never changes. */
  private readonly videos = new WeakMap<PublishedVideo, Promise<PackFile[]>>();

  constructor(
    private readonly shelf: MediaShelf,
    private readonly files: FileStore,
    private readonly listening: ListeningShelf,
  ) {}

  /** The media of a published module, each once; bytes are those of the stored files. */
  async mediaOf(module: PublishedModule): Promise<PackFile[]> {
    const heard = await this.listening.ofModule(module);
    const addresses = [
      ...picturesOf(module).map((file) => `${module.picturesBase}/${file}`),
      ...attachmentsOf(module).map((file) => `${module.attachmentsBase}/${file}`),
      ...spokenOf(module).flatMap((line) => heard.tracksOf(line).map(({ src }) => src)),
    ];
    const { video } = module;
    if (video) addresses.push(`${video.base}/${video.poster.file}`);
    const lesson = await this.weighed([...new Set(addresses)], 'lesson');
    return video ? [...lesson, ...(await this.videoOf(video))] : lesson;
  }

  /** The pictures and recordings of the test of a course. */
  async mediaOfTest(courseId: string, { test, base }: VersionedTest): Promise<PackFile[]> {
    const heard = await this.listening.ofTest(courseId, test);
    const addresses = [
      ...picturesOfItems(test.items).map((file) => `${base}/${file}`),
      ...test.items.flatMap(({ id }) => heard.tracksOf(`test.${id}`).map(({ src }) => src)),
    ];
    return this.weighed([...new Set(addresses)], 'lesson');
  }

  private videoOf(video: PublishedVideo): Promise<PackFile[]> {
    const known = this.videos.get(video);
    if (known) return known;
    const made = this.filesOfVideo(video);
    this.videos.set(video, made);
    made.catch(() => this.videos.delete(video));
    return made;
  }

  /** One size of the picture, its sound and its captions; the master playlist names no other, so that none is asked for. */
  private async filesOfVideo(video: PublishedVideo): Promise<PackFile[]> {
    const { height, sound, languages } = storedChoice(video);
    const whole = await this.text(video, video.master);
    const master = narrowed(whole, languages > 1 ? { height, sound } : { height });
    const query = `height=${height}${languages > 1 ? `&sound=${sound}` : ''}`;
    const playlists = filesOfPlaylist(video.master, master);
    const parts = new Set(playlists);
    for (const playlist of playlists)
      for (const part of filesOfPlaylist(playlist, await this.text(video, playlist))) parts.add(part);
    for (const { file } of video.captions) parts.add(file);
    return [
      {
        url: `${video.base}/${video.master}?${query}`,
        ...{ bytes: Buffer.byteLength(master), part: 'video' as const },
      },
      ...(await this.weighed(
        [...parts].map((part) => `${video.base}/${part}`),
        'video',
      )),
    ];
  }

  /** Whatever is not there weighs nothing and is left out: the page shows it as it would with a network. */
  private async weighed(addresses: readonly string[], part: PackPart): Promise<PackFile[]> {
    const files: PackFile[] = [];
    for (const url of addresses) {
      const file = await this.find(url);
      if (file?.isPublic) files.push({ url, bytes: file.bytes, part });
    }
    return files;
  }

  private async find(url: string): Promise<FoundFile | undefined> {
    const [, bundle = '', path = ''] = MEDIA.exec(url) ?? [];
    return this.shelf.find(bundle, path);
  }

  private async text({ base }: PublishedVideo, path: string): Promise<string> {
    const file = await this.find(`${base}/${path}`);
    if (!file) return '';
    const chunks: Buffer[] = [];
    for await (const chunk of await this.files.read(file.sha256)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
}
