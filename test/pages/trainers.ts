import { TRAINERS } from '../../src/demo/staff.demo.js';
import { SeatReceiptService } from '../../src/enrolment/seat-receipt.service.js';
import { ok } from '../support/api-steps.js';
import type { TestApp } from '../support/app.js';
import type { Visitor } from './world.js';

const TAUGHT = `
  SELECT s.id FROM session s JOIN campaign c ON c.id = s.campaign_id
   WHERE c.slug = 'caravane-2027' AND s.status = 'planned' AND s.id <> ALL($2::uuid[])
     AND EXISTS (SELECT FROM unit u JOIN unit_resource x ON x.unit_id = u.id WHERE u.session_id = s.id AND x.resource_id = $1)
   ORDER BY s.during DESC LIMIT 3`;

/** Sessions of the demo's first trainer: one that they cannot come to, one postponed; the trainer's own pages. */
export async function givenTrainers(
  t: TestApp,
  { manager, trainer }: Record<'manager' | 'trainer', string>,
  others: readonly string[],
  add: (as: Visitor, route: string, path?: string, name?: string) => void,
): Promise<void> {
  const [asked, impeded, postponed] = await t.db.read<{ id: string }>('pages.taught', TAUGHT, [
    TRAINERS[0],
    others,
  ]);
  if (!asked || !impeded || !postponed) throw new Error('The trainer teaches less than three sessions');
  await ok(
    t,
    `/sessions/${impeded.id}/impediments`,
    {
      token: trainer,
      body: { reason: 'road', note: 'Pluie à Fnideq' },
    },
    201,
  );
  await ok(
    t,
    `/sessions/${postponed.id}/postpone`,
    { token: manager, body: { reason: 'Route coupée' } },
    200,
  );
  await ok(
    t,
    `/trainers/${TRAINERS[0]}/days-off`,
    {
      token: trainer,
      body: { from: '2027-02-20', to: '2027-02-22' },
    },
    201,
  );
  await t.app.get(SeatReceiptService).tellAll();
  await t.runJobs();
  add('manager', '/staff/trainers');
  add('manager', '/staff/trainers/:trainer', `/staff/trainers/${TRAINERS[0]}`);
  add('trainer', '/staff/availability');
  add('trainer', '/staff/sessions/:session/impediment', `/staff/sessions/${asked.id}/impediment`);
  add('manager', '/staff/sessions/:session/postpone', `/staff/sessions/${asked.id}/postpone`);
  add('manager', '/staff/sessions/:session', `/staff/sessions/${impeded.id}`, 'staff-session-impeded');
  add('manager', '/staff/sessions/:session', `/staff/sessions/${postponed.id}`, 'staff-session-postponed');
  add('visitor', '/sessions/:session', `/sessions/${postponed.id}`, 'session-postponed');
  const replacement = `/staff/sessions/${impeded.id}/replacement?trainer=${TRAINERS[0]}`;
  add('manager', '/staff/sessions/:session/replacement', replacement);
}
