import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { CourseSources, type SourceFiles } from './course-source.service.js';
import { CourseSourceMissing, NoSuchCourse } from './course.errors.js';

const FILES = `
  SELECT c.slug, v.files, v.number
    FROM course_version v JOIN course c ON c.id = v.course_id
   WHERE v.status = 'published' AND (c.slug = $1 OR c.id::text = $1)`;
const SLUGS = `
  SELECT c.slug FROM course_version v JOIN course c ON c.id = v.course_id WHERE v.status = 'published' ORDER BY c.slug`;

interface Exported {
  slug: string;
  files: SourceFiles | null;
  number: number;
}

/** Writes published courses as files: what was loaded comes back byte for byte, what was written in the browser likewise. */
@Injectable()
export class CourseExport {
  constructor(
    private readonly db: Database,
    private readonly sources: CourseSources,
  ) {}

  /**
   * Writes the published version into `<folder>/<slug>`.
   *
   * @returns the version's number and how many files it has
   * @throws NoSuchCourse, CourseFolderNotEmpty
   */
  async export(course: string, folder: string): Promise<{ number: number; files: number; folder: string }> {
    const row = await this.db.readOne<Exported>('courseExport.files', FILES, [course]);
    if (!row) throw new NoSuchCourse(course, await this.slugs());
    if (!row.files) throw new CourseSourceMissing(`of ${course}`);
    const target = join(folder, row.slug);
    await this.sources.export(row.files, target);
    return { number: row.number, files: Object.keys(row.files).length, folder: target };
  }

  private async slugs(): Promise<string[]> {
    const rows = await this.db.read<{ slug: string }>('courseExport.slugs', SLUGS);
    return rows.map(({ slug }) => slug);
  }
}
