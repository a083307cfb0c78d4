import { packAt, type StoredFile, type StoredPack } from './database.js';
import { Download, fetchName, filesFor, type ListedPack } from './download.js';
import { keyOf, removeWhere, unfinishedAt, weightOf } from './packs.js';
import type { Tell } from './tally.js';

/** What is on this phone and whole. */
export interface Here {
  readonly versionId: string;
  readonly withVideo: boolean;
  readonly bytes: number;
}

/** What the server has. */
export interface Listed {
  readonly versionId: string;
  filesFor(withVideo: boolean): readonly StoredFile[];
  /** Of a course: how many of its lessons are on this phone. */
  readonly some?: { readonly here: number; readonly all: number };
}

/** A download that can be stopped. */
export interface Fetching {
  cancel(): void;
  /** @returns false when another page of this phone is at it; @throws Stopped */
  run(): Promise<boolean>;
}

/** What a panel stores: a lesson, or a course with its lessons. */
export interface Keeping {
  /** Under which pages of this phone know that it is fetched. */
  readonly name: string;
  stored(): Promise<Here | undefined>;
  unfinished(): Promise<{ readonly withVideo: boolean } | undefined>;
  /** @throws Stopped without a network */
  list(): Promise<Listed>;
  /** @throws Stopped */
  fetching(withVideo: boolean, tell: Tell): Promise<Fetching>;
  dropUnfinished(): Promise<void>;
  remove(): Promise<void>;
}

/** One lesson, on its page. */
export class KeptLesson implements Keeping {
  readonly name: string;

  constructor(
    private readonly owner: string,
    private readonly page: string,
    private readonly listing: () => Promise<ListedPack>,
  ) {
    this.name = fetchName(owner, page);
  }

  async stored(): Promise<Here | undefined> {
    const pack = await packAt(keyOf(this.owner, this.page));
    if (pack?.state !== 'stored') return undefined;
    return { versionId: pack.versionId, withVideo: pack.withVideo, bytes: weightOf(pack.files) };
  }

  unfinished(): Promise<StoredPack | undefined> {
    return unfinishedAt(this.owner, this.page);
  }

  async list(): Promise<Listed> {
    const listed = await this.listing();
    return { versionId: listed.versionId, filesFor: (withVideo) => filesFor(listed, withVideo) };
  }

  async fetching(withVideo: boolean, tell: Tell): Promise<Fetching> {
    return new Download(this.owner, await this.listing(), withVideo, tell);
  }

  async dropUnfinished(): Promise<void> {
    const { owner, page } = this;
    await removeWhere((pack) => pack.owner === owner && pack.page === page && pack.state === 'loading');
  }

  async remove(): Promise<void> {
    const { owner, page } = this;
    await removeWhere((pack) => pack.owner === owner && pack.page === page);
  }
}
