import { givenEnrolment, type GivenSession, givenSession } from '../attendance/factories.js';
import { givenPerson } from '../support/actors.js';
import type { TestApp } from '../support/app.js';

/** A session of a course with people on its list, in this order. */
export async function givenClass(
  t: TestApp,
  courseId: string,
  size: number,
): Promise<{ session: GivenSession; people: Array<{ id: string; token: string }> }> {
  const session = await givenSession(t);
  await t.db.write('test.taught', 'UPDATE session SET course_id = $2 WHERE id = $1', [session.id, courseId]);
  const people: Array<{ id: string; token: string }> = [];
  for (let n = 0; n < size; n++) {
    const person = await givenPerson(t);
    t.clock.advance(1000);
    await givenEnrolment(t, session, { personId: person.id });
    people.push(person);
  }
  return { session, people };
}
