import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import type { ListeningLanguage, Speaker } from '../../shared/listening/listening-language.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import type { CourseScript } from './course-script.service.js';
import { lineNamed } from './recording-names.js';
import { Recordings } from './recordings.service.js';

/** A file of a folder: its path below it, and what is in it. */
export interface ImportedFile {
  readonly path: string;
  read(): Promise<Buffer>;
}

/** What became of one file: the line it is kept for, or the code of the sentence that says why it is not. */
export interface ImportOutcome {
  readonly path: string;
  readonly line?: string;
  readonly error?: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };
}

/** Files named after the blocks, taken in one by one: one that is refused keeps none of the others out. */
@Injectable()
export class RecordingsImport {
  constructor(private readonly recordings: Recordings) {}

  async take(
    actor: StaffActor | 'system',
    course: AuthoredCourse,
    script: CourseScript,
    { lang, speaker, files }: { lang: ListeningLanguage; speaker: Speaker; files: readonly ImportedFile[] },
  ): Promise<ImportOutcome[]> {
    const outcomes: ImportOutcome[] = [];
    const taken = new Map<string, string>();
    for (const { path, read } of files) {
      const named = lineNamed(path, script.units, lang);
      if ('code' in named) {
        outcomes.push({
          path,
          error: { code: `recording-name-${named.code}`, params: { options: named.options.join(', ') } },
        });
        continue;
      }
      const line = named.line.id;
      const other = taken.get(line);
      if (other !== undefined) {
        outcomes.push({ path, error: { code: 'recording-name-twice', params: { other } } });
        continue;
      }
      try {
        await this.recordings.add(actor, course, script, { line, lang, speaker, sound: await read() });
        taken.set(line, path);
        outcomes.push({ path, line });
      } catch (error) {
        // What is wrong with the file is told beside its name; what is wrong with the server is not the file's.
        if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
        outcomes.push({ path, error: { code: error.code, params: error.params } });
      }
    }
    return outcomes;
  }
}
