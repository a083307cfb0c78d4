import { Injectable } from '@nestjs/common';
import { CourseAuthorQuery, DraftFilms, type LocalizedText } from '../courses/public.js';
import type { StaffActor } from '../shared/access/actor.js';

/** Where a video is sent to: a video block of a course that the actor writes. */
export interface UploadPlace {
  readonly course: {
    readonly id: string;
    readonly slug: string;
    readonly title: { readonly fr: string; readonly ar: string; readonly en: string | null };
  };
  readonly module: string;
  readonly part: string;
  /** What the block is called. */
  readonly title: LocalizedText;
  /** A film stands there already; a new one takes its place. */
  readonly hasFilm: boolean;
}

/** Finds the block that a video is for. */
@Injectable()
export class UploadPlaces {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly films: DraftFilms,
  ) {}

  /**
   * @param course id or slug
   * @throws NotFound for no such course, module or video block, and for a course that is none of the actor's;
   *   FilmOfScript for a block that is rendered from a script
   */
  async find(
    actor: StaffActor,
    { course: key, module, part }: { course: string; module: string; part: string },
  ): Promise<UploadPlace> {
    const course = await this.courses.get(actor, key);
    return { course, module, part, ...(await this.films.place(course, { module, part })) };
  }
}
