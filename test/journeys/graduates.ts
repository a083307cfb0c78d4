import type { TestApp } from '../support/app.js';
import { finishCourse, markPresent, ok, sessionIn, staffToken } from '../support/api-steps.js';
import { signIn, signUp } from '../support/phones.js';

const MINUTE_MS = 60_000;

/**
 * Women who went the whole way before the journey begins, over the API: with fewer than five the agency would see "<5"
 * and no figure could be seen to grow.
 */
export async function givenGraduates(
  t: TestApp,
  city: string,
  count: number,
  password: string,
): Promise<void> {
  const session = await sessionIn(t, city);
  const enrolments: string[] = [];
  for (let n = 1; n <= count; n++) {
    const phone = `+2126620000${String(n).padStart(2, '0')}`;
    await signUp(t, phone, { city, name: { fr: { given: 'Khadija', family: `Alaoui ${'I'.repeat(n)}` } } });
    const { token } = await signIn(t, phone);
    await finishCourse(t, token, session.course.slug);
    const { id } = await ok<{ id: string }>(t, `/sessions/${session.id}/enrolments`, { token, body: {} });
    enrolments.push(id);
  }
  t.clock.set(session.units.at(-1)?.endsAt ?? '');
  t.clock.advance(MINUTE_MS);
  const manager = await staffToken(t, 'manager', password);
  await markPresent(t, manager, session, enrolments);
  await ok(t, `/sessions/${session.id}/close`, { token: manager, body: {} }, 200);
  const body = { sessionId: session.id };
  const { jobId } = await ok<{ jobId: string }>(
    t,
    '/campaigns/caravane-2027/certificates',
    { token: manager, body },
    202,
  );
  await t.runJobs();
  const job = await ok<{ done: number; failures: unknown[] }>(t, `/jobs/${jobId}`, { token: manager });
  if (job.done !== count || job.failures.length > 0) throw new Error(`Certificates: ${JSON.stringify(job)}`);
}
