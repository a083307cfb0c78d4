import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import type { DaysOff } from './trainer.query.js';

const PUT_HOME = `
  INSERT INTO trainer_profile (account_id, home_city) VALUES ($1, $2)
  ON CONFLICT (account_id) DO UPDATE SET home_city = excluded.home_city`;
const DROP_HOME = `DELETE FROM trainer_profile WHERE account_id = $1`;
const KNOWN_COURSES = `SELECT id, slug FROM course WHERE slug = ANY($1::text[]) OR id::text = ANY($1::text[])`;
const DROP_COURSES = `DELETE FROM trainer_course WHERE account_id = $1`;
const PUT_COURSES = `INSERT INTO trainer_course (account_id, course_id) SELECT $1, unnest($2::uuid[])`;
const PUT_DAYS_OFF = `
  INSERT INTO trainer_absence (id, account_id, days, created_at) VALUES ($1, $2, daterange($3::date, $4::date, '[]'), $5)`;
const DROP_DAYS_OFF = `DELETE FROM trainer_absence WHERE id = $1 AND account_id = $2`;

/** Writes of where trainers set out from, what they may teach, and when they cannot. */
@Injectable()
export class TrainerStore {
  constructor(private readonly db: Database) {}

  /** @param city slug; null when it is not known any more */
  async setHome(accountId: string, city: string | null): Promise<void> {
    if (city === null) await this.db.write('trainer.dropHome', DROP_HOME, [accountId]);
    else await this.db.write('trainer.putHome', PUT_HOME, [accountId, city]);
  }

  /** Courses by their ids or slugs; unknown ones are left out. */
  knownCourses(keys: readonly string[]): Promise<Array<{ id: string; slug: string }>> {
    return this.db.read('trainer.courses', KNOWN_COURSES, [keys]);
  }

  /** Replaces what they may teach. */
  async setCourses(accountId: string, courseIds: readonly string[]): Promise<void> {
    await this.db.write('trainer.dropCourses', DROP_COURSES, [accountId]);
    await this.db.write('trainer.putCourses', PUT_COURSES, [accountId, courseIds]);
  }

  async addDaysOff(accountId: string, { id, from, to }: DaysOff, at: Date): Promise<void> {
    await this.db.write('trainer.putDaysOff', PUT_DAYS_OFF, [id, accountId, from, to, at]);
  }

  /** @returns whether they were marked */
  async dropDaysOff(accountId: string, id: string): Promise<boolean> {
    return (await this.db.write('trainer.dropDaysOff', DROP_DAYS_OFF, [id, accountId])) > 0;
  }
}
