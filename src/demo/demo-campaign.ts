import type { DemoWriter, Row } from './demo-writer.js';
import { COURSE_SLUGS, CRI } from './organisations.demo.js';

const COURSES = `SELECT id, slug FROM course WHERE slug = ANY($1)`;

/** Id of a course by its slug. */
export type CourseIds = (slug: string) => string;

/** The three courses as they are in the table: whoever loaded them first chose their ids. */
export async function readCourseIds(demo: DemoWriter): Promise<CourseIds> {
  const rows = await demo.db.read<{ id: string; slug: string }>('demo.courses', COURSES, [COURSE_SLUGS]);
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]));
  return (slug) => {
    const id = ids.get(slug);
    if (!id) throw new RangeError(`The course ${slug} is not loaded`);
    return id;
  };
}

/** Writes a campaign of the operator with the three courses. */
export async function putCampaign(
  demo: DemoWriter,
  courses: CourseIds,
  campaign: Row & { id: string },
): Promise<void> {
  await demo.put('campaign', [{ organisation_id: CRI, attendance_share: 80, quiz_share: 60, ...campaign }]);
  await demo.put(
    'campaign_course',
    COURSE_SLUGS.map((slug, i) => ({ campaign_id: campaign.id, course_id: courses(slug), position: i + 1 })),
  );
}
