import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import { BY_SPEAKERS, type ListeningLanguage } from '../../shared/listening/listening-language.js';
import type { CourseDocument } from '../course-file/course-document.js';
import { type SpokenLine, type SpokenUnit, spokenUnits, wordsDigest } from './spoken-line.js';

/** A line whose recordings in a language are all of other words than those that stand there. */
export interface OutdatedRecording {
  readonly unit: SpokenUnit;
  readonly line: SpokenLine;
  readonly lang: ListeningLanguage;
}

const OF_SLUG = `
  SELECT r.line, r.lang, array_agg(r.words) AS words
    FROM course_recording r JOIN course c ON c.id = r.course_id
   WHERE c.slug = $1
   GROUP BY r.line, r.lang`;

/** Recordings that a document leaves behind: its words were changed since somebody read them aloud. */
@Injectable()
export class OutdatedRecordings {
  constructor(private readonly db: Database) {}

  async of(document: CourseDocument): Promise<OutdatedRecording[]> {
    const rows = await this.db.read<{ line: string; lang: string; words: string[] }>(
      'recording.words',
      OF_SLUG,
      [document.slug],
    );
    const recorded = new Map(rows.map(({ line, lang, words }) => [`${line} ${lang}`, words]));
    return spokenUnits(document).flatMap((unit) =>
      unit.lines.flatMap((line) =>
        BY_SPEAKERS.flatMap((lang): OutdatedRecording[] => {
          const words = recorded.get(`${line.id} ${lang}`);
          return words && !words.includes(wordsDigest(line, lang)) ? [{ unit, line, lang }] : [];
        }),
      ),
    );
  }
}
