import {
  allPacks,
  keepPack,
  packAt,
  type StoredFile,
  type StoredPack,
} from '../../../../shared/web/browser/offline/database.js';
import {
  Download,
  fetchName,
  filesFor,
  type ListedPack,
  Stopped,
  whyOf,
} from '../../../../shared/web/browser/offline/download.js';
import type { Fetching, Here, Keeping, Listed } from '../../../../shared/web/browser/offline/keeping.js';
import {
  keyOf,
  removeCourse,
  removeWhere,
  unfinishedAt,
  weightOf,
} from '../../../../shared/web/browser/offline/packs.js';
import { Tally, type Tell } from '../../../../shared/web/browser/offline/tally.js';
import { alone } from '../../../../shared/web/browser/offline/turns.js';

/** A course as the server lists it: its own page, and each lesson. */
export interface ListedCourse extends ListedPack {
  readonly modules: readonly ListedPack[];
}

/** A course and all of its lessons, on its page. */
export class KeptCourse implements Keeping {
  readonly name: string;

  constructor(
    private readonly owner: string,
    private readonly page: string,
    private readonly listing: () => Promise<ListedPack>,
  ) {
    this.name = fetchName(owner, page);
  }

  async stored(): Promise<Here | undefined> {
    const course = await packAt(keyOf(this.owner, this.page));
    if (course?.state !== 'stored') return undefined;
    const lessons = await this.lessonsHere(course.lessons ?? []);
    if (lessons.length < (course.lessons ?? []).length) return undefined;
    return {
      versionId: course.versionId,
      withVideo: course.withVideo && lessons.every(({ withVideo }) => withVideo),
      bytes: weightOf(eachOnce([course, ...lessons].flatMap(({ files }) => files))),
    };
  }

  unfinished(): Promise<StoredPack | undefined> {
    return unfinishedAt(this.owner, this.page);
  }

  async list(): Promise<Listed> {
    const course = (await this.listing()) as ListedCourse;
    const here = await this.lessonsHere(course.modules.map(({ page }) => page));
    return {
      versionId: course.versionId,
      some: { here: here.length, all: course.modules.length },
      filesFor: (withVideo) => filesOfCourse(course, withVideo),
    };
  }

  async fetching(withVideo: boolean, tell: Tell): Promise<Fetching> {
    return new CourseDownload(this.owner, (await this.listing()) as ListedCourse, withVideo, tell);
  }

  /** Lessons that are whole stay; what is only partly here goes. */
  async dropUnfinished(): Promise<void> {
    const course = await this.unfinished();
    if (!course) return;
    const pages = new Set([course.page, ...(course.lessons ?? [])]);
    await removeWhere(
      (pack) => pack.owner === this.owner && pack.state === 'loading' && pages.has(pack.page),
    );
  }

  async remove(): Promise<void> {
    await removeCourse(this.owner, this.page);
  }

  private async lessonsHere(pages: readonly string[]): Promise<StoredPack[]> {
    return (await allPacks()).filter(
      ({ key, page, owner, state }) =>
        state === 'stored' && pages.includes(page) && key === keyOf(owner, page) && owner === this.owner,
    );
  }
}

function filesOfCourse(course: ListedCourse, withVideo: boolean): StoredFile[] {
  return eachOnce([course, ...course.modules].flatMap((listed) => filesFor(listed, withVideo)));
}

function eachOnce(files: readonly StoredFile[]): StoredFile[] {
  return [...new Map(files.map((file) => [file.url, file])).values()];
}

/** Lesson after lesson, so that the first can be opened while the others come; the page of the course last. */
class CourseDownload implements Fetching {
  private readonly tally: Tally;
  private current: Download | undefined;
  private isCancelled = false;

  constructor(
    private readonly owner: string,
    private readonly course: ListedCourse,
    private readonly withVideo: boolean,
    tell: Tell,
  ) {
    this.tally = new Tally(fetchName(owner, course.page), filesOfCourse(course, withVideo), tell, () =>
      this.cancel(),
    );
  }

  cancel(): void {
    this.isCancelled = true;
    this.current?.cancel();
  }

  /** @throws Stopped */
  async run(): Promise<boolean> {
    try {
      return await alone(fetchName(this.owner, this.course.page), () => this.fetchAll());
    } catch (error) {
      throw new Stopped(whyOf(error));
    } finally {
      this.tally.end();
    }
  }

  private async fetchAll(): Promise<void> {
    const { owner, course, withVideo, tally } = this;
    const { title, versionId, page } = course;
    const lessons = course.modules.map((each) => each.page);
    const isNext = (await packAt(keyOf(owner, page)))?.state === 'stored';
    // Before the first lesson: a download that is cut shall be known as one of the course.
    const begun: StoredPack = {
      ...{ key: keyOf(owner, page, isNext), owner, page, title, versionId, withVideo, lessons },
      ...{ files: [], state: 'loading' },
    };
    await keepPack(begun);
    try {
      for (const listed of course.modules) {
        this.assertWanted();
        this.current = new Download(owner, listed, withVideo, () => undefined, { tally });
        await this.current.run(true);
      }
      this.assertWanted();
      this.current = new Download(owner, course, withVideo, () => undefined, { tally, lessons });
      await this.current.fetch();
      this.current.end();
    } catch (error) {
      if (whyOf(error) === 'cancelled') await removeWhere(({ key }) => key === begun.key);
      throw error;
    }
  }

  private assertWanted(): void {
    if (this.isCancelled) throw new Stopped('cancelled');
  }
}
