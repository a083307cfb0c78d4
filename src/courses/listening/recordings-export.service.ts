import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../../shared/files/file-store.js';
import { MediaShelf, VOICE } from '../../shared/files/media-shelf.service.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import type { CourseScript } from './course-script.service.js';
import { RecordingStore } from './recording.store.js';
import { wordsDigest } from './spoken-line.js';

/** Writes recordings as the import takes them: a folder a language, a folder a module, files named after the blocks. */
@Injectable()
export class RecordingsExport {
  constructor(
    private readonly store: RecordingStore,
    private readonly media: MediaShelf,
    private readonly files: FileStore,
  ) {}

  /** Only recordings of the words as they stand now. @returns the paths that were written, below `folder` */
  async write(course: AuthoredCourse, script: CourseScript, folder: string): Promise<string[]> {
    const recordings = await this.store.ofCourse(course.id);
    const written: string[] = [];
    for (const unit of script.units) {
      for (const line of unit.lines) {
        for (const { lang, words, bundle, line: id } of recordings) {
          if (id !== line.id || words !== wordsDigest(line, lang)) continue;
          const path = join(lang, unit.folder, `${line.part}.m4a`);
          await this.copy(bundle, join(folder, path));
          written.push(path);
        }
      }
    }
    return written;
  }

  private async copy(bundle: string, file: string): Promise<void> {
    const shelved = await this.media.find(bundle, VOICE);
    if (!shelved) throw new Error(`The recording ${bundle} is on no shelf`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await this.files.read(shelved.sha256));
  }
}
